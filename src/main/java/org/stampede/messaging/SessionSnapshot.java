package org.stampede.messaging;

import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A session as it was when {@link StompSessions} was asked. Immutable.
 *
 * @param sessionId     the session, as in the {@code session} header of CONNECTED
 * @param user          who is logged in, empty if nobody is
 * @param since         when it was connected
 * @param subscriptions what it is subscribed to, the oldest first
 */
public record SessionSnapshot(
        String sessionId, Optional<Principal> user, Instant since, List<Subscription> subscriptions) {

    /** Copies the list. */
    public SessionSnapshot {
        subscriptions = List.copyOf(subscriptions);
    }

    /**
     * A subscription of the session. Immutable.
     *
     * @param id          the {@code id} header of the SUBSCRIBE; empty if a client of STOMP 1.0 gave none
     * @param destination the {@code destination} header of the SUBSCRIBE, wildcards and all
     */
    public record Subscription(String id, String destination) {}
}
