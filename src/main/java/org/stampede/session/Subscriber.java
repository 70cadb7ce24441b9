package org.stampede.session;

import org.stampede.broker.BrokerSession;
import org.stampede.security.Peer;
import org.stampede.stomp.Frame;

/**
 * A subscription of a session, as the application may deal with it. Thread-safe.
 *
 * @param peer        whose it is
 * @param id          the client's name of it; empty if a client of STOMP 1.0 gave none
 * @param destination what the client subscribed to
 * @param brokered    the destination that the broker knows it by, private if it is one for users
 * @param key         the id that the broker knows it by
 * @param broker      where its messages come from
 */
public record Subscriber(Peer peer, String id, String destination, String brokered, String key, BrokerSession broker) {

    /** Sends a SEND frame as a MESSAGE to this subscription only. Without effect if it has ended. */
    public void deliver(Frame send) {
        broker.deliver(key, send);
    }

    /** Sends a SEND frame in the place of what is held for this subscription from the same destination. */
    public void deliverSnapshot(Frame send) {
        broker.deliverSnapshot(key, send);
    }
}
