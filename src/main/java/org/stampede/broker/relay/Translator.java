package org.stampede.broker.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stampede.broker.Destinations;
import org.stampede.broker.PassedOn;
import org.stampede.broker.PrefetchCount;
import org.stampede.broker.RefusedException;
import org.stampede.broker.embedded.EmbeddedBrokerLimits;
import org.stampede.destination.DestinationPattern;
import org.stampede.stomp.AckMode;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.Headers;
import org.stampede.stomp.Quoted;

/** Makes of the frames of clients those that the broker is to get. Immutable. */
final class Translator {

    private static final List<String> OF_SUBSCRIPTIONS = List.of("selector", "no-local");

    private final Dialect dialect;
    private final EmbeddedBrokerLimits limits;

    Translator(Dialect dialect, EmbeddedBrokerLimits limits) {
        this.dialect = dialect;
        this.limits = limits;
    }

    Dialect dialect() {
        return dialect;
    }

    /**
     * A SEND; what is in a queue survives the broker, unless the sender says otherwise.
     *
     * @throws RefusedException if the broker cannot take it
     */
    Frame send(Frame send) {
        String destination = send.header("destination").orElse("");
        if (DestinationPattern.hasWildcard(destination)) {
            throw new RefusedException(
                    "Wildcard in the destination of a SEND",
                    "A message is sent to one destination, but " + Quoted.of(destination)
                            + " has a wildcard; only a SUBSCRIBE may.");
        }
        boolean queue = Destinations.isQueue(destination);
        var headers = new ArrayList<>(List.of("destination", dialect.single(destination)));
        dialect.send(queue, (name, value) -> headers.addAll(List.of(name, value)));
        send.headers().forEach((name, value) -> {
            if (name.equals("receipt") || isPassedOn(name)) {
                headers.addAll(List.of(name, value));
            }
        });
        if (queue && !send.headers().contains("persistent")) {
            headers.addAll(List.of("persistent", "true"));
        }
        return send.with(Headers.of(headers.toArray(String[]::new)));
    }

    /** Whether a header of a client is for those who get the message, and not what servers say to each other. */
    private boolean isPassedOn(String header) {
        return PassedOn.is(header) && dialect.isPassedOn(header) && !header.startsWith(Dialect.RESERVED_HEADERS);
    }

    /** The pattern of a SUBSCRIBE. */
    DestinationPattern pattern(Frame subscribe) {
        return Destinations.pattern(subscribe.header("destination").orElse(""), limits.parts());
    }

    /** Whether the broker must know of this very subscription, so that it cannot be shared. */
    static boolean isForOneOnly(Frame subscribe) {
        return Destinations.isQueue(subscribe.header("destination").orElse(""))
                || ackMode(subscribe) != AckMode.AUTO
                || OF_SUBSCRIPTIONS.stream().anyMatch(subscribe.headers()::contains);
    }

    static AckMode ackMode(Frame subscribe) {
        return subscribe.header("ack").flatMap(AckMode::of).orElse(AckMode.AUTO);
    }

    /**
     * The SUBSCRIBE for a topic that sessions share.
     *
     * @param id by which the broker is to know it
     * @throws RefusedException if the broker cannot have it
     */
    Frame sharedSubscription(DestinationPattern pattern, String id) {
        var headers = new ArrayList<>(List.of("id", id, "destination", dialect.pattern(pattern), "ack", "auto"));
        dialect.subscribe(
                false, AckMode.AUTO, limits.unacknowledged(), (name, value) -> headers.addAll(List.of(name, value)));
        return Frame.of(Command.SUBSCRIBE, Headers.of(headers.toArray(String[]::new)));
    }

    /**
     * A subscription for one session.
     *
     * @param id by which the broker is to know it
     * @throws RefusedException if the broker cannot have it
     */
    OwnSubscription subscription(Frame subscribe, String id) {
        DestinationPattern pattern = pattern(subscribe);
        AckMode ack = ackMode(subscribe);
        boolean queue = Destinations.isQueue(pattern.text());
        var headers = new ArrayList<>(List.of("id", id, "destination", dialect.pattern(pattern), "ack", ack.value()));
        dialect.subscribe(queue, ack, prefetch(subscribe), (name, value) -> headers.addAll(List.of(name, value)));
        for (String name : OF_SUBSCRIPTIONS) {
            subscribe.header(name).ifPresent(value -> headers.addAll(List.of(name, supported(name, value))));
        }
        Frame frame = Frame.of(Command.SUBSCRIBE, Headers.of(headers.toArray(String[]::new)));
        return new OwnSubscription(subscribe.header("id").orElse(""), pattern, ack, frame);
    }

    private String supported(String name, String value) {
        if (!dialect.hasSelectors()) {
            throw new RefusedException(
                    "Unknown to the broker", "The header " + name + " means nothing to this broker; leave it out.");
        }
        return value;
    }

    private int prefetch(Frame subscribe) {
        return PrefetchCount.of(subscribe.header("prefetch-count"), limits.unacknowledged());
    }

    /**
     * An ACK or NACK as the broker is to get it.
     *
     * @param connection the number of the connection that there is
     * @return empty if the message came on another one
     */
    static Optional<Frame> acknowledgement(Frame frame, long connection) {
        String id = frame.header("id").orElse("");
        String prefix = ackPrefix(connection);
        if (!id.startsWith(prefix)) {
            return Optional.empty();
        }
        var kept = frame.headers().filter(name -> name.equals("receipt") || name.equals("requeue"));
        return Optional.of(frame.with(kept.with("id", id.substring(prefix.length()))));
    }

    /** The id by which a client acknowledges a message: it tells the connection, without which it is void. */
    static String ackId(String brokersId, long connection) {
        return ackPrefix(connection) + brokersId;
    }

    private static String ackPrefix(long connection) {
        return "relay-" + connection + "-";
    }

    /** Whether a message of the broker is named, on whatever connection it came. */
    static boolean isAckId(String id) {
        return id.startsWith("relay-");
    }
}
