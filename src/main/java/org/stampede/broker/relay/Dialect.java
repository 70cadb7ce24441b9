package org.stampede.broker.relay;

import java.util.function.BiConsumer;
import org.stampede.broker.Destinations;
import org.stampede.broker.RefusedException;
import org.stampede.destination.DestinationPattern;
import org.stampede.destination.DestinationPattern.Kind;
import org.stampede.destination.DestinationPattern.Part;
import org.stampede.stomp.AckMode;
import org.stampede.stomp.Quoted;

/**
 * How a kind of broker wants destinations and headers. Names are what follows {@code /queue/} and {@code /topic/}. Stateless.
 */
interface Dialect {

    String TOPICS = "/topic/";
    String QUEUES = "/queue/";

    /** What the names of topics begin with by which nodes speak with each other. */
    String RESERVED = "stampede.";

    /** What the names of headers begin with that are the nodes' own. Without hyphens, which not all brokers keep. */
    String RESERVED_HEADERS = "stampede";

    /** Whether nodes speak with each other there, which is not for clients to hear. */
    static boolean isReserved(String destination) {
        return destination.startsWith(TOPICS + RESERVED);
    }

    /** Whether a destination is the broker's business, and not that of this node. */
    static boolean isRelayed(String destination) {
        return destination.startsWith(TOPICS) || destination.startsWith(QUEUES);
    }

    /**
     * Whether a subscription to a topic means a message: the broker's wildcards may mean more than ours. What others have bound to the topic
     * there, such as an exchange, has no name of a topic.
     *
     * @param destination as pages know it
     */
    static boolean covers(DestinationPattern pattern, String destination) {
        boolean isNamedOtherwise = !destination.isEmpty() && !isRelayed(destination);
        return pattern.matches(destination) || (!pattern.isWildcard() && isNamedOtherwise);
    }

    /** What follows the prefix of a relayed destination. */
    static String name(String destination) {
        return destination.substring(TOPICS.length());
    }

    /** A destination as the broker knows it; {@code name} is not a pattern, or one that was translated. */
    String theirs(boolean queue, String name);

    /** The destination of a MESSAGE as pages name it. */
    String named(boolean queue, String theirs);

    /** What stands for all the rest of a name. */
    String rest();

    /** Why a name must not be used, empty if it may. */
    String objection(boolean queue, String name);

    /** Whether a header of a client may reach the broker: it must be of no special meaning there. */
    boolean isPassedOn(String header);

    /** Whether the broker can select messages by the header {@code selector}. */
    boolean hasSelectors();

    /** Whether an ACK or NACK in a transaction has an effect; where not, it is said after the COMMIT. */
    boolean hasTransactionalAcks();

    /** Adds what the broker wants of a SEND. */
    void send(boolean queue, BiConsumer<String, String> headers);

    /**
     * Adds what the broker wants of a SUBSCRIBE.
     *
     * @param prefetch how many messages may be unacknowledged
     */
    void subscribe(boolean queue, AckMode ack, int prefetch, BiConsumer<String, String> headers);

    /** The destination of a MESSAGE as pages know it; empty if it is a topic that they cannot ask for, so that no wildcard has it. */
    default String ours(boolean queue, String theirs) {
        String destination = named(queue, theirs);
        boolean hidden = !queue
                && destination.startsWith(TOPICS)
                && (isReserved(destination) || !unfit(false, name(destination)).isEmpty());
        return hidden ? "" : destination;
    }

    /**
     * The destination of a SEND.
     *
     * @throws RefusedException if it cannot be
     */
    default String single(String destination) {
        boolean queue = Destinations.isQueue(destination);
        return theirs(queue, accepted(destination, name(destination)));
    }

    /**
     * The destination of a SUBSCRIBE. The parts of the broker's names are separated by dots alone.
     *
     * @throws RefusedException if it cannot be
     */
    default String pattern(DestinationPattern pattern) {
        if (!pattern.isWildcard()) {
            return single(pattern.text());
        }
        // The first part is the prefix, to which the slash behind it belongs.
        var parts = pattern.parts().subList(1, pattern.parts().size());
        var name = new StringBuilder(inName(parts.get(0)));
        for (Part part : parts.subList(1, parts.size())) {
            if (part.kind() != Kind.LITERAL && part.separator() == '/') {
                throw new RefusedException(
                        "Wildcard behind a slash",
                        "The broker knows wildcards between dots only, such as /topic/price.*, but here is "
                                + Quoted.of(pattern.text()) + ".");
            }
            name.append(part.separator()).append(inName(part));
        }
        return theirs(Destinations.isQueue(pattern.text()), accepted(pattern.text(), name.toString()));
    }

    private String inName(Part part) {
        return switch (part.kind()) {
            case LITERAL -> part.text();
            case ONE -> "*";
            case REST -> rest();
        };
    }

    private String accepted(String destination, String name) {
        if (name.startsWith(RESERVED)) {
            throw new RefusedException(
                    "Reserved destination",
                    "Names that begin with " + RESERVED + " are for the servers, but here is " + Quoted.of(destination)
                            + ".");
        }
        String objection = unfit(Destinations.isQueue(destination), name);
        if (!objection.isEmpty()) {
            throw new RefusedException(
                    "Destination unfit for the broker",
                    "The destination " + Quoted.of(destination) + " cannot be used with this broker: " + objection
                            + ".");
        }
        return name;
    }

    /** Why a name must not be used with any broker, or with this one; empty if it may. */
    private String unfit(boolean queue, String name) {
        if (name.isEmpty()) {
            return "it has no name";
        }
        // To some brokers it would mean the name without that, of which other rules may hold.
        boolean isPadded = !name.equals(name.trim()) || !name.equals(name.strip());
        return isPadded ? "a name must not begin or end with white space" : objection(queue, name);
    }
}
