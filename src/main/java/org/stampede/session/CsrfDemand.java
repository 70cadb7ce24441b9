package org.stampede.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.stampede.security.Identity;
import org.stampede.security.Peer;
import org.stampede.stomp.Frame;

/**
 * Does not let a client be who logged in at the handshake, as a browser may without its user's will, unless it knows what only a page of
 * the server's own can. Who CONNECT itself proves to be needs no more. Immutable.
 *
 * @param login  tells who CONNECT proves to be
 * @param header in which a page says what it knows
 * @param token  what that must be
 */
public record CsrfDemand(Login login, String header, String token) implements Login {

    private static final Logger LOG = System.getLogger(CsrfDemand.class.getName());

    @Override
    public CompletionStage<Optional<Identity>> login(Frame connect, Peer peer) {
        return login.login(connect, peer).thenApply(identity -> {
            if (identity.isEmpty() && !isMet(connect)) {
                LOG.log(
                        Level.INFO,
                        () -> "CONNECT of session " + peer.sessionId()
                                + " does not know the token of its HTTP session (setting stampede.csrf).");
                throw PolicyException.accessDenied();
            }
            return identity;
        });
    }

    private boolean isMet(Frame connect) {
        return connect.header(header)
                .filter(said -> MessageDigest.isEqual(said.getBytes(UTF_8), token.getBytes(UTF_8)))
                .isPresent();
    }

    @Override
    public String toString() {
        return "CsrfDemand";
    }
}
