package org.stampede.broker.embedded;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes the values of {@code message-id}, which no other broker and no later run of this one repeats. A message that needs no
 * acknowledgement has the id {@code RUN-mN}, with a suffix for each further id of subscription that it goes to; all others
 * have {@code RUN-sN-M}, delivery M of subscription N, so that an ACK leads to them without a table. Thread-safe.
 */
final class MessageIds {

    /**
     * Which delivery an ACK or NACK is about.
     *
     * @param subscription the number of the subscription
     * @param delivery     the number of the delivery, counted for each subscription
     */
    record Acknowledged(long subscription, long delivery) {}

    private final String run;
    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong subscriptions = new AtomicLong();

    /** @param run differs from one run to the next; without {@code -} */
    MessageIds(String run) {
        this.run = run;
    }

    /** The id of another message. */
    String nextMessage() {
        return run + "-m" + messages.incrementAndGet();
    }

    /** The number of another subscription. */
    long nextSubscription() {
        return subscriptions.incrementAndGet();
    }

    /** The id of a delivery that is to be acknowledged, or of a message from a queue. */
    String ofDelivery(long subscription, long delivery) {
        return run + "-s" + subscription + "-" + delivery;
    }

    /** Reads an id that {@link #ofDelivery} has made; empty if it did not. */
    Optional<Acknowledged> read(String id) {
        String start = run + "-s";
        int dash = id.lastIndexOf('-');
        if (!id.startsWith(start) || dash < start.length()) {
            return Optional.empty();
        }
        try {
            long subscription = Long.parseLong(id, start.length(), dash, 10);
            long delivery = Long.parseLong(id, dash + 1, id.length(), 10);
            // Refuses what only looks alike, such as leading zeros.
            return ofDelivery(subscription, delivery).equals(id)
                    ? Optional.of(new Acknowledged(subscription, delivery))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
