package org.stampede.security;

import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.CredentialValidationResult.Status;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Checks {@code login} and {@code passcode} by the identity stores of Jakarta Security. An application opts in by producing a bean:
 *
 * <pre>{@code
 * @Produces @Singleton
 * Authenticator passwords(IdentityStoreHandler stores) {
 *     return new IdentityStoreAuthenticator(stores);
 * }
 * }</pre>
 *
 * <p>The groups of the caller are its roles. Thread-safe.
 */
public final class IdentityStoreAuthenticator implements Authenticator {

    private static final Logger LOG = System.getLogger(IdentityStoreAuthenticator.class.getName());

    private final IdentityStoreHandler stores;

    /**
     * An authenticator. To be made when the application starts, as a producer of a singleton is.
     *
     * @param stores asks the identity stores of the application
     */
    public IdentityStoreAuthenticator(IdentityStoreHandler stores) {
        this.stores = stores;
        wake(stores);
    }

    /** WildFly looks for the stores in java:comp, which the threads of clients lack; Payara cannot find them so early. */
    private static void wake(IdentityStoreHandler proxy) {
        try {
            LOG.log(Level.DEBUG, "Passwords are checked by " + proxy);
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "The identity stores will be looked for when the first client logs in.", e);
        }
    }

    @Override
    public CompletionStage<Optional<Identity>> authenticate(Credentials credentials) {
        if (credentials.login().isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        var credential = new UsernamePasswordCredential(
                credentials.login().get(), credentials.passcode().orElse(""));
        CredentialValidationResult result = stores.validate(credential);
        credential.clear();
        if (result.getStatus() != Status.VALID) {
            throw new AccessDeniedException("The identity stores say " + result.getStatus() + ".");
        }
        return CompletableFuture.completedFuture(
                Optional.of(new Identity(result.getCallerPrincipal(), result.getCallerGroups())));
    }
}
