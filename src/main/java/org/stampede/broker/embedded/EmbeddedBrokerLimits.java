package org.stampede.broker.embedded;

import java.time.Duration;
import org.stampede.broker.Destinations;

/**
 * How much the embedded broker keeps in memory. What exceeds a limit is refused by its name and setting. Immutable.
 *
 * @param queues            queues at a time, the dead-letter queue not counted: {@value #QUEUES}
 * @param queueMessages     messages in a queue, those not yet acknowledged included: {@value #QUEUE_MESSAGES}
 * @param queueOctets       octets of these messages: {@value #QUEUE_OCTETS}
 * @param totalOctets       octets of the messages of all queues: {@value #TOTAL_OCTETS}
 * @param watermark         percentage of these three from which on clients that bring more are held: {@value #WATERMARK}
 * @param holdTime          how long at most; zero for not at all: {@value #HOLD_TIME}
 * @param deliveries        how often a message of a queue is delivered before it is a dead letter: {@value #DELIVERIES}
 * @param unacknowledged    messages that a subscription may have and not yet have acknowledged, whatever its
 *                          {@code prefetch-count}: {@value #UNACKNOWLEDGED}
 * @param unwrittenMessages messages of queues on their way to the network, for one session: {@value #UNWRITTEN_MESSAGES}
 * @param unwrittenOctets   octets of these messages, though one alone may have more; both should be well below what an
 *                          Outbox holds: {@value #UNWRITTEN_OCTETS}
 * @param heldMessages      messages that are held for a subscription until it starts: {@value #HELD_MESSAGES}
 * @param heldOctets        octets of these messages, though one alone may have more: {@value #HELD_OCTETS}
 * @param parts             parts that the destination of a SUBSCRIBE may have: {@value #PARTS}
 */
public record EmbeddedBrokerLimits(
        int queues,
        int queueMessages,
        long queueOctets,
        long totalOctets,
        int watermark,
        Duration holdTime,
        int deliveries,
        int unacknowledged,
        int unwrittenMessages,
        long unwrittenOctets,
        int heldMessages,
        long heldOctets,
        int parts) {

    public static final String QUEUES = "stampede.queue.count";
    public static final String QUEUE_MESSAGES = "stampede.queue.messages";
    public static final String QUEUE_OCTETS = "stampede.queue.octets";
    public static final String TOTAL_OCTETS = "stampede.queue.total-octets";
    public static final String WATERMARK = "stampede.queue.watermark";
    public static final String HOLD_TIME = "stampede.queue.hold-time";
    public static final String DELIVERIES = "stampede.queue.deliveries";
    public static final String UNACKNOWLEDGED = "stampede.subscription.unacknowledged";
    public static final String UNWRITTEN_MESSAGES = "stampede.queue.unwritten-messages";
    public static final String UNWRITTEN_OCTETS = "stampede.queue.unwritten-octets";
    public static final String HELD_MESSAGES = "stampede.subscription.held-messages";
    public static final String HELD_OCTETS = "stampede.subscription.held-octets";
    public static final String PARTS = Destinations.PARTS;

    /** The highest watermark, in percent: that of the limits themselves, so that nobody is held. */
    public static final int ALL = 100;

    /** What holds where no setting says otherwise. */
    public static final EmbeddedBrokerLimits DEFAULTS = new EmbeddedBrokerLimits(
            10_000,
            10_000,
            16 << 20,
            64 << 20,
            75,
            Duration.ofSeconds(10),
            10,
            1_000,
            100,
            256 << 10,
            1_000,
            1 << 20,
            32);

    /**
     * Checks that each limit lets at least one pass, and that the watermark is a percentage.
     *
     * @throws IllegalArgumentException if not
     */
    public EmbeddedBrokerLimits {
        requirePositive(QUEUES, queues);
        requirePositive(QUEUE_MESSAGES, queueMessages);
        requirePositive(QUEUE_OCTETS, queueOctets);
        requirePositive(TOTAL_OCTETS, totalOctets);
        requirePositive(WATERMARK, watermark);
        if (watermark > ALL) {
            throw new IllegalArgumentException(
                    "The setting " + WATERMARK + " must be at most " + ALL + ", but is " + watermark + ".");
        }
        requirePositive(DELIVERIES, deliveries);
        requirePositive(UNACKNOWLEDGED, unacknowledged);
        requirePositive(UNWRITTEN_MESSAGES, unwrittenMessages);
        requirePositive(UNWRITTEN_OCTETS, unwrittenOctets);
        requirePositive(HELD_MESSAGES, heldMessages);
        requirePositive(HELD_OCTETS, heldOctets);
        requirePositive(PARTS, parts);
    }

    /** The watermark of a limit; one message always may lie below it. */
    long mark(long limit) {
        return Math.max(1, limit / ALL * watermark + limit % ALL * watermark / ALL);
    }

    private static void requirePositive(String setting, long value) {
        if (value < 1) {
            throw new IllegalArgumentException("The setting " + setting + " must be at least 1, but is " + value + ".");
        }
    }
}
