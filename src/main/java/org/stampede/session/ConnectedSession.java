package org.stampede.session;

import java.util.function.Consumer;
import org.stampede.destination.UserDestination;
import org.stampede.security.Peer;
import org.stampede.transport.CloseReason;

/**
 * A session from CONNECTED to its end, as others know it. Thread-safe.
 *
 * @param peer       who is at its other end
 * @param secret     what its private destinations are made of; known to the server alone
 * @param disconnect ends the session, from any thread
 */
public record ConnectedSession(Peer peer, String secret, Consumer<CloseReason> disconnect) {

    /** The private destination behind {@code /user/queue/x} of this session. */
    public String privateDestination(String destination) {
        return UserDestination.privateTo(secret, destination);
    }
}
