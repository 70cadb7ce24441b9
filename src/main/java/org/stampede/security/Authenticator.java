package org.stampede.security;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Tells from a frame CONNECT who somebody is: a bean of the application. If there are several, they are asked in the order of
 * {@code @Priority} until one knows. If none does, the client is who logged in at the handshake, or nobody. Must be thread-safe.
 *
 * <p>Called in a CDI request context. It may take its time: it holds up the one session only.
 *
 * @see <a href="https://stomp.github.io/stomp-specification-1.2.html#CONNECT_or_STOMP_Frame">STOMP 1.2, CONNECT</a>
 */
@FunctionalInterface
public interface Authenticator {

    /**
     * Judges credentials. Who fails gets an ERROR "Login failed", whatever was wrong, and the connection is closed with 1008.
     *
     * @param credentials what the client says
     * @return who it is; empty if the credentials are of no kind that this authenticator knows
     * @throws AccessDeniedException if the credentials are wrong; a stage may fail with it as well
     */
    CompletionStage<Optional<Identity>> authenticate(Credentials credentials);
}
