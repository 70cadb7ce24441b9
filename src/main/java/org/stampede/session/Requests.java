package org.stampede.session;

import java.util.Optional;
import org.stampede.destination.DestinationPattern;
import org.stampede.destination.UserDestination;
import org.stampede.stomp.AckMode;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.Headers;
import org.stampede.stomp.HeartBeat;
import org.stampede.stomp.StompVersion;

/** What the specification demands of single client frames, whatever the state of the session. Stateless. */
final class Requests {

    private static final int LONGEST_DESTINATION = 1024;

    private Requests() {}

    /** The version that a CONNECT asks for. */
    static StompVersion version(Frame connect) {
        return StompVersion.negotiate(connect.header("accept-version"))
                .orElseThrow(() -> new ProtocolException(
                        "Unsupported version",
                        "The server speaks STOMP " + StompVersion.numbers() + ", and the client none of these.",
                        Headers.of("version", StompVersion.numbers())));
    }

    /** The heart-beats that a CONNECT offers; in STOMP 1.0 there are none. */
    static HeartBeat heartBeat(Frame connect, StompVersion version) {
        if (version == StompVersion.V1_0) {
            return HeartBeat.NONE;
        }
        return connect.header("heart-beat")
                .map(value -> HeartBeat.parse(value)
                        .orElseThrow(() -> new ProtocolException(
                                "Malformed heart-beat",
                                "The header heart-beat must be two numbers of milliseconds, such as 10000,10000.")))
                .orElse(HeartBeat.NONE);
    }

    static String required(Frame frame, String header) {
        return frame.header(header)
                .orElseThrow(() -> new ProtocolException(
                        "Missing header " + header, "A frame " + frame.command() + " needs a header " + header + "."));
    }

    /** The destination of a SEND or SUBSCRIBE. Control characters are kept for the server's own names. */
    private static String destination(Frame frame) {
        String destination = required(frame, "destination");
        if (destination.isEmpty() || destination.chars().anyMatch(Character::isISOControl)) {
            throw new ProtocolException(
                    "Malformed destination", "A destination must have characters, and no control characters.");
        }
        if (UserDestination.isTemporary(destination)) {
            throw new ProtocolException(
                    "Temporary queue", "A temporary queue is named in the header reply-to of a SEND only.");
        }
        if (destination.length() > LONGEST_DESTINATION) {
            throw new ProtocolException(
                    "Malformed destination", "A destination must have at most " + LONGEST_DESTINATION + " characters.");
        }
        return destination;
    }

    /** The destination of a SEND: a single place. */
    static String sendDestination(Frame frame) {
        String destination = destination(frame);
        if (DestinationPattern.hasWildcard(destination)) {
            throw new ProtocolException(
                    "Wildcard in SEND", "A message is sent to one destination; wildcards are for SUBSCRIBE.");
        }
        return destination;
    }

    /** The destination of a SUBSCRIBE: a place, or many. */
    static String subscribeDestination(Frame frame) {
        String destination = destination(frame);
        if (UserDestination.isReplyQueue(destination)) {
            throw new ProtocolException("Reply queue", "A reply queue can be sent to; its owner alone hears of it.");
        }
        try {
            DestinationPattern.ofSubscription(destination);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("Malformed destination", String.valueOf(e.getMessage()));
        }
        return destination;
    }

    static AckMode ackMode(Frame subscribe, StompVersion version) {
        String value = subscribe.header("ack").orElse(AckMode.AUTO.value());
        return AckMode.of(value)
                .filter(mode -> mode != AckMode.CLIENT_INDIVIDUAL || version != StompVersion.V1_0)
                .orElseThrow(() -> new ProtocolException(
                        "Unknown ack mode",
                        "The header ack must be auto, client, or (since STOMP 1.1) client-individual."));
    }

    /**
     * An ACK or NACK that names its message by {@code id}, whatever the version: STOMP 1.2 asks for {@code id}, 1.1 for
     * {@code message-id} and {@code subscription}, 1.0 for {@code message-id}. The form of another version is understood as well.
     */
    static Frame acknowledgement(Frame frame, StompVersion version) {
        if (frame.command() == Command.NACK && version == StompVersion.V1_0) {
            throw new ProtocolException("Unknown command", "There is no NACK in STOMP 1.0.");
        }
        Optional<String> id = frame.header("id");
        Optional<String> messageId = frame.header("message-id");
        if (id.isEmpty() && messageId.isEmpty()) {
            required(frame, version == StompVersion.V1_2 ? "id" : "message-id");
        }
        if (version == StompVersion.V1_1 && id.isEmpty()) {
            required(frame, "subscription");
        }
        String named = version == StompVersion.V1_2
                ? id.or(() -> messageId).orElseThrow()
                : messageId.or(() -> id).orElseThrow();
        return frame.with(
                frame.headers().filter(Requests::keptInAcknowledgement).with("id", named));
    }

    private static boolean keptInAcknowledgement(String header) {
        return !header.equals("message-id") && !header.equals("transaction");
    }

    /** The headers of the ERROR that answers a frame: what was wrong, and with which frame (STOMP 1.2, section ERROR). */
    static Headers culprit(Frame frame) {
        var headers = Headers.NONE;
        var receipt = frame.header("receipt");
        if (receipt.isPresent() && !frame.command().opensConnection()) {
            headers = headers.plus("receipt-id", receipt.get());
        }
        for (String name : new String[] {"destination", "id", "subscription", "message-id", "transaction"}) {
            var value = frame.header(name);
            if (value.isPresent()) {
                headers = headers.plus(name, value.get());
            }
        }
        return headers;
    }
}
