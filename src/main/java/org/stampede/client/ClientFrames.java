package org.stampede.client;

import java.util.Map;
import java.util.Set;
import org.stampede.stomp.AckMode;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.Headers;
import org.stampede.stomp.StompVersion;

/** Builds the frames that a client sends (STOMP 1.2, section Client Frames). Stateless. */
final class ClientFrames {

    /** What this package sets itself. */
    private static final Set<String> OWNED = Set.of(
            "destination", "id", "ack", "receipt", "transaction", "content-length", "accept-version", "heart-beat");

    /** What a request sets besides. */
    private static final Set<String> OF_REQUEST = Set.of("reply-to", "correlation-id");
    /** The temporary queue of the replies; the name of a temporary queue is the id of its subscription. */
    private static final String REPLIES = "/temp-queue/replies";

    private ClientFrames() {}

    static Frame connect(ClientSettings settings) {
        return Frame.of(
                Command.CONNECT,
                Headers.of(
                                "accept-version",
                                settings.acceptVersion(),
                                "heart-beat",
                                settings.heartBeat().value())
                        .plusAll(headers(settings.connectHeaders().get())));
    }

    static Frame send(String destination, Payloads.Body body, Map<String, String> more) {
        Headers headers = Headers.of("destination", destination).plusAll(headers(more));
        return Frame.of(
                Command.SEND,
                headers.contains("content-type") ? headers : headers.plus("content-type", body.contentType()),
                body.octets());
    }

    /** @throws IllegalArgumentException if a header is one that a request sets itself */
    static void checkRequest(Map<String, String> more) {
        more.keySet().forEach(name -> checkFree(name, OF_REQUEST));
    }

    /** A SEND that asks for a reply, as the server and RabbitMQ understand it: no subscription is needed. */
    static Frame request(Frame send, String id) {
        return send.with(send.headers().plus("reply-to", REPLIES).plus("correlation-id", id));
    }

    /** @throws IllegalStateException if the message asks for no reply */
    static Frame reply(Frame message, Payloads.Body body) {
        String place = message.header("reply-to")
                .orElseThrow(
                        () -> new IllegalStateException("The message asks for no reply: it has no header reply-to."));
        Map<String, String> correlation = message.header("correlation-id")
                .map(id -> Map.of("correlation-id", id))
                .orElse(Map.of());
        return send(place, body, correlation);
    }

    /** Whether a MESSAGE is the reply to a request. */
    static boolean isReply(Frame message) {
        return message.header("subscription").filter(REPLIES::equals).isPresent();
    }

    static Frame subscribe(String id, String destination, AckMode ack, Map<String, String> more) {
        return Frame.of(
                Command.SUBSCRIBE,
                Headers.of("id", id, "destination", destination, "ack", ack.value())
                        .plusAll(headers(more)));
    }

    static Frame unsubscribe(String id) {
        return Frame.of(Command.UNSUBSCRIBE, "id", id);
    }

    /**
     * An ACK or a NACK.
     *
     * @throws IllegalStateException if the version has no NACK, or the message is not one that can be acknowledged
     */
    static Frame acknowledge(Command command, Frame message, StompVersion version) {
        return switch (version) {
            case V1_0 -> {
                if (command == Command.NACK) {
                    throw new IllegalStateException("STOMP 1.0 has no NACK.");
                }
                yield Frame.of(command, "message-id", header(message, "message-id"));
            }
            case V1_1 ->
                Frame.of(
                        command,
                        Headers.of(
                                "message-id",
                                header(message, "message-id"),
                                "subscription",
                                header(message, "subscription")));
            case V1_2 -> Frame.of(command, "id", header(message, "ack"));
        };
    }

    private static String header(Frame message, String name) {
        return message.header(name)
                .orElseThrow(() -> new IllegalStateException(
                        "The message has no header " + name + "; its subscription acknowledges by itself."));
    }

    private static Headers headers(Map<String, String> more) {
        Headers headers = Headers.NONE;
        for (var entry : more.entrySet()) {
            checkFree(entry.getKey(), OWNED);
            headers = headers.plus(entry.getKey(), entry.getValue());
        }
        return headers;
    }

    private static void checkFree(String header, Set<String> owned) {
        if (owned.contains(header)) {
            throw new IllegalArgumentException("The client sets the header " + header + " itself.");
        }
    }
}
