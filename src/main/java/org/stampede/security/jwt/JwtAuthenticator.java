package org.stampede.security.jwt;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.ErrorCodeValidator;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jspecify.annotations.Nullable;
import org.stampede.security.AccessDeniedException;
import org.stampede.security.Authenticator;
import org.stampede.security.Credentials;
import org.stampede.security.Identity;
import org.stampede.settings.SettingsSource;

/**
 * Checks the bearer token of CONNECT as MicroProfile JWT does that of an HTTP request, by the same keys {@code mp.jwt.verify.*}. An
 * application that opts in has {@code org.bitbucket.b_c:jose4j} in its {@code WEB-INF/lib}, and produces a bean:
 *
 * <pre>{@code
 * @Produces @Singleton
 * Authenticator tokens() {
 *     return JwtAuthenticator.configured();
 * }
 * }</pre>
 *
 * <p>The user is {@code upn}, else {@code preferred_username}, else {@code sub}; {@code groups} are the roles; the login ends with the
 * token, by {@code exp}. It must be signed, by RS256 or ES256. Whatever is said in the place of a token is judged: what is none is
 * refused. Thread-safe.
 *
 * @see <a href="https://download.eclipse.org/microprofile/microprofile-jwt-auth-2.1/microprofile-jwt-auth-spec-2.1.html">MicroProfile
 *     JWT 2.1</a>
 */
public final class JwtAuthenticator implements Authenticator {

    /** Of a token; more is not looked at. */
    public static final int MOST_CHARACTERS = 10_000;

    private static final Logger LOG = System.getLogger(JwtAuthenticator.class.getName());
    private static final List<String> NAMES = List.of("upn", "preferred_username", "sub");
    private static final String GROUPS = "groups";

    private final JwtConsumer consumer;
    private final Duration clockSkew;

    private JwtAuthenticator(JwtConsumer consumer, Duration clockSkew) {
        this.consumer = consumer;
        this.clockSkew = clockSkew;
    }

    /**
     * An authenticator by the configuration of the server: MicroProfile Config where there is one, elsewhere system properties and
     * environment variables.
     *
     * @throws IllegalStateException as {@link #of} does
     */
    public static JwtAuthenticator configured() {
        return of(SettingsSource.ofServer());
    }

    /**
     * An authenticator by keys from anywhere.
     *
     * @param keys {@code mp.jwt.verify.publickey} or {@code .publickey.location}, {@code .issuer}, {@code .audiences} and so on to
     *     their values; empty where nothing is set
     * @throws IllegalStateException if a key is wrong, or an issuer or a public key is missing; the message names all that are
     */
    public static JwtAuthenticator of(Function<String, Optional<String>> keys) {
        var rules = VerificationRules.read(keys);
        return new JwtAuthenticator(rules.consumer(), rules.clockSkew());
    }

    @Override
    public CompletionStage<Optional<Identity>> authenticate(Credentials credentials) {
        return CompletableFuture.completedFuture(credentials.bearerToken().map(this::verified));
    }

    private Identity verified(String token) {
        if (token.length() > MOST_CHARACTERS) {
            throw refused();
        }
        try {
            return identity(consumer.processToClaims(token));
        } catch (InvalidJwtException e) {
            log(e);
            throw refused();
        } catch (MalformedClaimException e) {
            throw refused();
        }
    }

    private Identity identity(JwtClaims claims) throws MalformedClaimException {
        var end = Instant.ofEpochSecond(claims.getExpirationTime().getValue()).plus(clockSkew);
        return new Identity(Identity.of(name(claims)).user(), roles(claims), Optional.of(end));
    }

    private static String name(JwtClaims claims) throws MalformedClaimException {
        for (String claim : NAMES) {
            if (claims.hasClaim(claim)) {
                return Optional.of(claims.getStringClaimValue(claim))
                        .filter(name -> !name.isBlank())
                        .orElseThrow(JwtAuthenticator::refused);
            }
        }
        throw refused();
    }

    private static Set<String> roles(JwtClaims claims) throws MalformedClaimException {
        return claims.hasClaim(GROUPS) ? Set.copyOf(claims.getStringListClaimValue(GROUPS)) : Set.of();
    }

    private static AccessDeniedException refused() {
        return new AccessDeniedException("The token is not valid.");
    }

    /** By numbers only: what is wrong with a token would be told with the token. */
    private static void log(InvalidJwtException refusal) {
        boolean isOurs = Stream.<@Nullable Throwable>iterate(refusal, cause -> cause != null, Throwable::getCause)
                .anyMatch(IOException.class::isInstance);
        if (isOurs) {
            LOG.log(
                    Level.WARNING,
                    "Tokens cannot be checked: their keys are not to be had from " + VerificationRules.LOCATION + ".");
        }
        LOG.log(
                Level.DEBUG,
                () -> "A token was refused, by the error codes of jose4j "
                        + refusal.getErrorDetails().stream()
                                .map(ErrorCodeValidator.Error::getErrorCode)
                                .toList());
    }
}
