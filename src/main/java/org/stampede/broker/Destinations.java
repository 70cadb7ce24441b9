package org.stampede.broker;

import org.stampede.destination.DestinationPattern;
import org.stampede.destination.UserDestination;
import org.stampede.stomp.Quoted;

/** What the destinations of brokered frames mean, whichever broker it is. Stateless. */
public final class Destinations {

    /** The setting that bounds the depth. */
    public static final String PARTS = "stampede.subscription.parts";

    /** What the destinations of queues begin with. */
    private static final String QUEUES = "/queue/";

    private Destinations() {}

    /** Whether a destination, or a pattern of them, is a queue; everything else is a topic. */
    public static boolean isQueue(String destination) {
        return destination.startsWith(QUEUES);
    }

    /**
     * Reads the destination of a SUBSCRIBE.
     *
     * @param most how many parts it may have
     * @throws RefusedException if it is malformed, too deep, or a queue with a wildcard
     */
    public static DestinationPattern pattern(String destination, int most) {
        String shown = Quoted.of(UserDestination.visible(destination));
        DestinationPattern pattern = parse(destination, shown);
        if (pattern.parts().size() > most) {
            throw RefusedException.forWantOfRoom(
                    "Destination too deep",
                    "The destination " + shown + " has more than " + most + " parts (setting " + PARTS + ").");
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
}
