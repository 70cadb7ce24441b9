package org.stampede.session;

import java.util.concurrent.CompletionStage;
import org.stampede.security.Identity;
import org.stampede.security.Peer;
import org.stampede.stomp.Frame;

/** How a session goes on whose login is about to expire: by a SEND with the headers of a CONNECT. Stateless. */
final class Renewal {

    /** Where a client sends a new login to; the server's own. */
    static final String DESTINATION = "/stampede/login";

    private Renewal() {}

    /** Tells who the client is now; a SEND that does not prove it fails. */
    static CompletionStage<Identity> by(Login login, Frame send, Peer peer) {
        if (send.header("transaction").isPresent()) {
            throw new ProtocolException("Login in a transaction", "A new login must not be part of a transaction.");
        }
        return login.login(send, peer).thenApply(identity -> identity.orElseThrow(PolicyException::loginFailed));
    }
}
