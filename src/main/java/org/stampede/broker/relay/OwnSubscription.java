package org.stampede.broker.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.stampede.broker.BrokerSession;
import org.stampede.broker.Destinations;
import org.stampede.broker.PassedOn;
import org.stampede.broker.embedded.Line;
import org.stampede.destination.DestinationPattern;
import org.stampede.stomp.AckMode;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.Headers;
import org.stampede.stomp.StompVersion;

/**
 * A subscription that a session has with the broker for itself: to a queue, or to a topic with acknowledgement or a selector. Until
 * it starts its messages are held; how many is bounded by the reading, which is paused. Thread-safe.
 */
final class OwnSubscription {

    private final String key;
    private final DestinationPattern pattern;
    private final AckMode ackMode;
    /** What to say to the broker, with the id that this subscription has there. */
    private final Frame subscribe;
    /** Completed by the first RECEIPT of its SUBSCRIBE. */
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    /** Dissolved by the start. */
    private final Line<Frame> held = new Line<>(Frame::weight, Integer.MAX_VALUE, Long.MAX_VALUE);

    OwnSubscription(String key, DestinationPattern pattern, AckMode ackMode, Frame subscribe) {
        this.key = key;
        this.pattern = pattern;
        this.ackMode = ackMode;
        this.subscribe = subscribe;
    }

    /** The id that the client gave it. */
    String key() {
        return key;
    }

    AckMode ackMode() {
        return ackMode;
    }

    boolean isQueue() {
        return Destinations.isQueue(pattern.text());
    }

    /** The id that the broker knows. */
    String id() {
        return subscribe.header("id").orElse("");
    }

    Frame subscribe() {
        return subscribe;
    }

    Frame unsubscribe() {
        return Frame.of(Command.UNSUBSCRIBE, "id", id());
    }

    CompletableFuture<Void> ready() {
        return ready;
    }

    /** Whether a message is meant: the broker's wildcards may mean more than ours. */
    boolean covers(String destination) {
        return !pattern.isWildcard() || (pattern.matches(destination) && !Dialect.isReserved(destination));
    }

    Line<Frame> held() {
        return held;
    }

    /**
     * A MESSAGE of the broker as this client gets it (STOMP 1.2, section MESSAGE).
     *
     * @param destination as clients know it
     * @param ackId       by which it is acknowledged; empty if it is not
     */
    Frame translate(Frame message, String destination, Optional<String> ackId, StompVersion version) {
        String brokersId = message.header("message-id").orElse("");
        boolean hasAckHeader = version.isAtLeast(StompVersion.V1_2);
        // Clients of older versions acknowledge by the id of the message.
        String messageId = hasAckHeader ? brokersId : ackId.orElse(brokersId);
        var headers = new ArrayList<>(List.of("destination", destination, "message-id", messageId));
        if (!key.startsWith(BrokerSession.IMPLICIT_ID)) {
            headers.addAll(List.of("subscription", key));
        }
        if (hasAckHeader && ackId.isPresent()) {
            headers.addAll(List.of("ack", ackId.get()));
        }
        message.headers().forEach((name, value) -> {
            if (PassedOn.is(name) || name.equals("redelivered")) {
                headers.addAll(List.of(name, value));
            }
        });
        return message.with(Command.MESSAGE, Headers.of(headers.toArray(String[]::new)));
    }
}
