package org.stampede.broker.embedded;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.stampede.stomp.Frame;

/** A message on its way to one subscription to a queue, until it is settled. Thread-safe. */
final class Delivery {

    private static final int NONE_BEFORE = -1;

    private final QueueSubscription subscription;
    private final long number;
    private final BrokerMessage message;
    /** Null if the message was never in the queue, but meant for this subscription alone. */
    private final @Nullable QueuedMessage queued;
    /** How often it was delivered, if not for the first time; else 0. */
    private final int redeliveries;
    /** Whether it was handed to the network; guarded by the lock of the queues. */
    private boolean written;

    private Delivery(
            QueueSubscription subscription,
            long number,
            BrokerMessage message,
            @Nullable QueuedMessage queued,
            int redeliveries) {
        this.subscription = subscription;
        this.number = number;
        this.message = message;
        this.queued = queued;
        this.redeliveries = redeliveries;
    }

    static Delivery ofQueued(QueueSubscription subscription, long number, QueuedMessage queued) {
        int redeliveries = queued.isRedelivered() ? queued.deliveries() : NONE_BEFORE;
        return new Delivery(subscription, number, queued.message(), queued, redeliveries);
    }

    static Delivery ofOne(QueueSubscription subscription, long number, BrokerMessage message) {
        return new Delivery(subscription, number, message, null, NONE_BEFORE);
    }

    QueueSubscription subscription() {
        return subscription;
    }

    long number() {
        return number;
    }

    int weight() {
        return message.weight();
    }

    /** Empty if the message was never in the queue. */
    Optional<QueuedMessage> queued() {
        return Optional.ofNullable(queued);
    }

    boolean isWritten() {
        return written;
    }

    void markWritten() {
        written = true;
    }

    Frame frame() {
        List<String> headers = subscription.headers(number);
        if (redeliveries != NONE_BEFORE) {
            headers.addAll(List.of("redelivered", "true", "delivery-count", String.valueOf(redeliveries)));
        }
        return message.frame(headers);
    }
}
