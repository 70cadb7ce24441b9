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

    /** More would not fit. */
    private static final int MOST_DIGITS = 18;
    /** They are counted from 1 on. */
    private static final long NONE = 0;

    private final String run;
    /** What ids of deliveries begin with. */
    private final String ofDeliveries;

    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong subscriptions = new AtomicLong();

    /** @param run differs from one run to the next; without {@code -} */
    MessageIds(String run) {
        this.run = run;
        this.ofDeliveries = run + "-s";
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
        return ofDeliveries + subscription + "-" + delivery;
    }

    /** Reads an id that {@link #ofDelivery} has made; empty if it did not. */
    Optional<Acknowledged> read(String id) {
        int dash = id.lastIndexOf('-');
        if (!id.startsWith(ofDeliveries) || dash < ofDeliveries.length()) {
            return Optional.empty();
        }
        long subscription = number(id, ofDeliveries.length(), dash);
        long delivery = number(id, dash + 1, id.length());
        return subscription == NONE || delivery == NONE
                ? Optional.empty()
                : Optional.of(new Acknowledged(subscription, delivery));
    }

    /** The number in a part of an id, or none if it is not written as we write numbers: that would only look alike. */
    private static long number(String id, int from, int to) {
        if (from == to || to - from > MOST_DIGITS || id.charAt(from) == '0') {
            return NONE;
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            int digit = id.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return NONE;
            }
            number = 10 * number + digit;
        }
        return number;
    }
}
