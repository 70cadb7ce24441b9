package org.stampede.broker.embedded;

import org.stampede.stomp.StompVersion;
import org.stampede.transport.Outbox;

/**
 * Where the messages of a session go. Immutable, but for the window.
 *
 * @param version decides which headers a MESSAGE has
 * @param outbox  takes the frames
 * @param window  how much of queues is on its way; guarded by the lock of the queues
 */
record Recipient(StompVersion version, Outbox outbox, SendWindow window) {}
