package org.stampede.session;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.stampede.destination.UserDestination;
import org.stampede.security.Peer;

/**
 * A session from CONNECTED to its end, as others know it. Thread-safe.
 *
 * @param peer          who is at its other end
 * @param since         when it began
 * @param secret        what its private destinations are made of; known to the server alone
 * @param subscriptions tells its subscriptions at this moment, the oldest first
 * @param disconnect    ends the session for the given reason, from any thread
 */
public record ConnectedSession(
        Peer peer,
        Instant since,
        String secret,
        Supplier<List<Subscriber>> subscriptions,
        Consumer<String> disconnect) {

    /** The private destination behind {@code /user/queue/x} of this session. */
    public String privateDestination(String destination) {
        return UserDestination.privateTo(secret, destination);
    }
}
