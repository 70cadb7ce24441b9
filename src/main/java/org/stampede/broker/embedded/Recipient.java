package org.stampede.broker.embedded;

import org.stampede.security.Peer;
import org.stampede.stomp.StompVersion;
import org.stampede.transport.Outbox;

/**
 * Where the messages of a session go. Immutable, but for the windows.
 *
 * @param peer    who it is, as it was when the session began
 * @param version decides which headers a MESSAGE has
 * @param outbox  takes the frames
 * @param window  how much of queues is on its way; guarded by the lock of the queues
 * @param lanes   how much is on its way of topics whose messages may be left out
 */
record Recipient(Peer peer, StompVersion version, Outbox outbox, SendWindow window, LaneWindow lanes) {

    Recipient(Peer peer, StompVersion version, Outbox outbox, EmbeddedBrokerLimits limits) {
        this(peer, version, outbox, new SendWindow(limits), new LaneWindow(outbox.limits()));
    }
}
