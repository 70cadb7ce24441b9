package org.stampede.broker.embedded;

import org.jspecify.annotations.Nullable;

/** A message of a queue, and what happened to it there. Not thread-safe; guarded by the lock of the {@link Queues}. */
final class QueuedMessage {

    private final BrokerMessage message;
    private final long sequence;
    /** How often it was given to a consumer and, as far as known, written. */
    private int deliveries;

    private boolean redelivered;
    /** Who said NACK last. */
    private @Nullable QueueSubscription refusedBy;

    /** @param sequence its place in the queue, to which it returns */
    QueuedMessage(BrokerMessage message, long sequence) {
        this.message = message;
        this.sequence = sequence;
    }

    BrokerMessage message() {
        return message;
    }

    int weight() {
        return message.weight();
    }

    long sequence() {
        return sequence;
    }

    int deliveries() {
        return deliveries;
    }

    /** Whether a consumer may have seen it before, or has seen a later one. */
    boolean isRedelivered() {
        return redelivered;
    }

    boolean isRefusedBy(QueueSubscription subscription) {
        return refusedBy == subscription;
    }

    void given() {
        deliveries++;
        refusedBy = null;
    }

    /** It never left the server, but later ones may have gone to others meanwhile: its mark says that it is out of order. */
    void notSent() {
        deliveries--;
        redelivered = true;
    }

    /**
     * Its consumer is gone before it was done with it.
     *
     * @param written whether it is known to have been handed to the network
     */
    void lost(boolean written) {
        deliveries -= written ? 0 : 1;
        redelivered = true;
    }

    void refused(QueueSubscription by) {
        redelivered = true;
        refusedBy = by;
    }
}
