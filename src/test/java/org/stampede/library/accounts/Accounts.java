package org.stampede.library.accounts;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.stampede.security.AccessDeniedException;
import org.stampede.security.Authenticator;
import org.stampede.security.Identity;
import org.stampede.security.IdentityStoreAuthenticator;

/** Those who talk under their names, by password or with a token. Stateless. */
@ApplicationScoped
public class Accounts implements IdentityStore {

    private static final Map<String, Set<String>> GROUPS =
            Map.of("ann", Set.of("moderator", "member"), "bob", Set.of("member"), "cat", Set.of("member"));

    /** Called by the server. */
    public CredentialValidationResult validate(UsernamePasswordCredential credential) {
        String name = credential.getCaller();
        return GROUPS.containsKey(name) && credential.compareTo(name, "secret of " + name)
                ? new CredentialValidationResult(name, GROUPS.get(name))
                : CredentialValidationResult.INVALID_RESULT;
    }

    @Produces
    @Singleton
    Authenticator passwords(IdentityStoreHandler stores) {
        return new IdentityStoreAuthenticator(stores);
    }

    @Produces
    @Singleton
    Authenticator tokens() {
        return credentials ->
                CompletableFuture.supplyAsync(() -> credentials.bearerToken().map(token -> {
                    return switch (token) {
                        case "token of eve" -> Identity.of("eve", "moderator");
                        case "short token of eve" ->
                            Identity.of("eve", "moderator").until(Instant.now().plusSeconds(3));
                        case "poor token of eve" -> Identity.of("eve");
                        default -> throw new AccessDeniedException("No such token.");
                    };
                }));
    }
}
