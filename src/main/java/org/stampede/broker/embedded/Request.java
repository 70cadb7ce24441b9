package org.stampede.broker.embedded;

import java.util.Optional;
import org.stampede.broker.RefusedException;
import org.stampede.destination.DestinationPattern;
import org.stampede.destination.UserDestination;
import org.stampede.stomp.AckMode;
import org.stampede.stomp.Frame;
import org.stampede.stomp.Quoted;

/**
 * A SUBSCRIBE, read and found good. Immutable.
 *
 * @param id        the id that the client gave
 * @param pattern   which destinations
 * @param ackMode   how messages are acknowledged
 * @param prefetch  how many messages of a queue may be unacknowledged
 * @param recipient where messages go
 * @param ids       the source of their ids
 */
record Request(
        String id, DestinationPattern pattern, AckMode ackMode, int prefetch, Recipient recipient, MessageIds ids) {

    /** What the destinations of queues begin with. */
    private static final String QUEUES = "/queue/";

    /** More digits are no count, and might not fit. */
    private static final int MOST_DIGITS = 9;

    /**
     * Reads a SUBSCRIBE.
     *
     * @throws RefusedException if it asks for what cannot be
     */
    static Request of(Frame subscribe, Recipient recipient, MessageIds ids, EmbeddedBrokerLimits limits) {
        return new Request(
                subscribe.header("id").orElse(""),
                pattern(subscribe.header("destination").orElse(""), limits),
                ackMode(subscribe.header("ack")),
                prefetch(subscribe.header("prefetch-count"), limits),
                recipient,
                ids);
    }

    /** Whether a destination, or a pattern of them, is a queue; everything else is a topic. */
    static boolean isQueue(String destination) {
        return destination.startsWith(QUEUES);
    }

    private static DestinationPattern pattern(String destination, EmbeddedBrokerLimits limits) {
        String shown = Quoted.of(UserDestination.visible(destination));
        DestinationPattern pattern = parse(destination, shown);
        if (pattern.parts().size() > limits.parts()) {
            throw RefusedException.forWantOfRoom(
                    "Destination too deep",
                    "The destination " + shown + " has more than " + limits.parts() + " parts (setting "
                            + EmbeddedBrokerLimits.PARTS + ").");
        }
        if (isQueue(destination) && pattern.isWildcard()) {
            throw new RefusedException(
                    "Wildcard in the name of a queue",
                    "A queue is consumed by its full name, but " + shown
                            + " has a wildcard; only topics may have one.");
        }
        return pattern;
    }

    private static DestinationPattern parse(String destination, String shown) {
        try {
            return DestinationPattern.ofSubscription(destination);
        } catch (IllegalArgumentException e) {
            String detail = String.valueOf(e.getMessage());
            // What is behind a user destination is nobody's business.
            boolean isPrivate = UserDestination.isPrivate(destination);
            throw new RefusedException(
                    "Malformed destination", isPrivate ? detail.replace(destination, shown) : detail);
        }
    }

    private static AckMode ackMode(Optional<String> ack) {
        return ack.map(value -> AckMode.of(value)
                        .orElseThrow(() -> new RefusedException(
                                "Unknown ack mode",
                                "The header ack must be auto, client or client-individual, but is " + Quoted.of(value)
                                        + ".")))
                .orElse(AckMode.AUTO);
    }

    private static int prefetch(Optional<String> header, EmbeddedBrokerLimits limits) {
        if (header.isEmpty()) {
            return limits.unacknowledged();
        }
        String value = header.get();
        boolean digits = value.length() <= MOST_DIGITS && value.chars().allMatch(c -> c >= '0' && c <= '9');
        int count = digits && !value.isEmpty() ? Integer.parseInt(value) : 0;
        if (count == 0) {
            throw new RefusedException(
                    "Malformed header prefetch-count",
                    "The header prefetch-count must be a number of messages from 1 on, but is " + Quoted.of(value)
                            + ".");
        }
        return Math.min(count, limits.unacknowledged());
    }
}
