package org.stampede.dispatch;

import java.util.Map;
import java.util.Set;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.Headers;

/** Makes a SEND frame of a payload of the application. Thread-safe. */
final class PayloadWriter {

    /** What an application may not set through {@code Messenger.send}: these belong to the server or to this class. */
    private static final Set<String> OWNED = Set.of(
            "destination",
            "content-length",
            "content-type",
            "message-id",
            "subscription",
            "ack",
            "receipt",
            "transaction");

    private final Converters converters;

    PayloadWriter(Converters converters) {
        this.converters = converters;
    }

    /**
     * Writes the frame.
     *
     * @throws IllegalArgumentException if no converter writes the payload as the content type among the headers
     */
    Frame write(String destination, Object payload, Map<String, String> more) {
        String asked = more.getOrDefault("content-type", "");
        var converter = converters
                .writing(payload.getClass(), asked)
                .orElseThrow(() -> new IllegalArgumentException(
                        "No converter writes a " + payload.getClass().getName() + " as " + asked + "."));
        byte[] body = converter.write(payload, asked);
        return frame(destination, more, asked.isEmpty() ? converter.contentType() : asked, body);
    }

    private static Frame frame(String destination, Map<String, String> more, String contentType, byte[] body) {
        var headers = Headers.of("destination", destination, "content-type", contentType);
        for (var header : more.entrySet()) {
            if (!OWNED.contains(header.getKey())) {
                headers = headers.plus(header.getKey(), header.getValue());
            }
        }
        return Frame.of(Command.SEND, headers, body);
    }
}
