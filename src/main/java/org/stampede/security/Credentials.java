package org.stampede.security;

import java.security.Principal;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a client says at CONNECT of who it is. {@link #toString} tells no secret. Immutable.
 *
 * @see <a href="https://stomp.github.io/stomp-specification-1.2.html#CONNECT_or_STOMP_Frame">STOMP 1.2, CONNECT</a>
 */
public final class Credentials {

    private static final String BEARER = "bearer ";

    private final Peer peer;
    private final Function<String, Optional<String>> headers;

    /**
     * Credentials.
     *
     * @param peer    the client as it is known so far
     * @param headers of the frame CONNECT, by name
     */
    public Credentials(Peer peer, Function<String, Optional<String>> headers) {
        this.peer = peer;
        this.headers = headers;
    }

    /**
     * A header of CONNECT.
     *
     * @param name of the header
     * @return its value, empty if there is none
     */
    public Optional<String> header(String name) {
        return headers.apply(name);
    }

    /**
     * The header {@code login}.
     *
     * @return empty if there is none, or nothing in it
     */
    public Optional<String> login() {
        return header("login").filter(login -> !login.isEmpty());
    }

    /**
     * The header {@code passcode}.
     *
     * @return empty if there is none
     */
    public Optional<String> passcode() {
        return header("passcode");
    }

    /**
     * The token in a header {@code Authorization: Bearer ...}; without such a header the {@code passcode}, if there is no
     * {@code login}.
     *
     * @return empty if there is none
     */
    public Optional<String> bearerToken() {
        var authorization = header("Authorization").or(() -> header("authorization"));
        return authorization.isPresent()
                ? authorization
                        .filter(Credentials::isBearer)
                        .map(value -> value.substring(BEARER.length()).strip())
                : passcode().filter(token -> login().isEmpty() && !token.isEmpty());
    }

    private static boolean isBearer(String authorization) {
        return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
    }

    /**
     * Who logged in at the handshake of the WebSocket, by whatever the server offers for HTTP.
     *
     * @return empty if nobody did
     */
    public Optional<Principal> user() {
        return peer.user();
    }

    /**
     * Where the connection comes from.
     *
     * @return an IP address, empty if it is not known
     */
    public String address() {
        return peer.address();
    }

    @Override
    public String toString() {
        return "Credentials of session " + peer.sessionId();
    }
}
