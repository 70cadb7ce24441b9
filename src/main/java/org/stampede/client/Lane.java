package org.stampede.client;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;
import org.stampede.client.ClientSettings.Bounds;
import org.stampede.transport.Inbox;
import org.stampede.transport.InboxLimits;

/**
 * The messages of one subscription on their way to its handler: one at a time and in order. When more wait than the bounds
 * allow, reading pauses. Thread-safe.
 */
final class Lane {

    private static final Logger LOG = System.getLogger(Lane.class.getName());

    private final Bounds bounds;
    private final ReadingGate gate;
    private final Consumer<ReceivedMessage> handler;
    private final Inbox inbox;

    // Guarded by this.
    private int messages;
    private long octets;
    /** Set while the gate was told that there is no room. */
    private boolean full;

    private boolean closed;

    Lane(Bounds bounds, ReadingGate gate, Callbacks callbacks, Consumer<ReceivedMessage> handler) {
        this.bounds = bounds;
        this.gate = gate;
        this.handler = handler;
        this.inbox = new Inbox(
                callbacks, InboxLimits.NONE, e -> LOG.log(Level.WARNING, "The handler of a subscription failed.", e));
    }

    void deliver(ReceivedMessage message) {
        count(1, message.weight());
        inbox.execute(() -> {
            try {
                if (!isClosed()) {
                    handler.accept(message);
                }
            } finally {
                count(-1, -message.weight());
            }
        });
    }

    /** Passes over what waits; a slow handler slows nothing any more. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        count(0, 0);
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void count(int moreMessages, int moreOctets) {
        boolean was;
        boolean is;
        synchronized (this) {
            messages += moreMessages;
            octets += moreOctets;
            was = full;
            full = !closed && (messages >= bounds.incomingMessages() || octets >= bounds.incomingOctets());
            is = full;
        }
        if (is && !was) {
            gate.full();
        } else if (was && !is) {
            gate.room();
        }
    }
}
