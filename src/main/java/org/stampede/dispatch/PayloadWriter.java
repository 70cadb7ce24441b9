package org.stampede.dispatch;

import jakarta.json.bind.Jsonb;
import java.nio.charset.StandardCharsets;
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

    private final Jsonb jsonb;

    PayloadWriter(Jsonb jsonb) {
        this.jsonb = jsonb;
    }

    Frame write(String destination, Object payload, Map<String, String> more) {
        if (payload instanceof byte[] octets) {
            return frame(destination, more, "application/octet-stream", octets);
        }
        if (payload instanceof CharSequence text) {
            return frame(destination, more, "text/plain", text.toString().getBytes(StandardCharsets.UTF_8));
        }
        return frame(
                destination, more, "application/json", jsonb.toJson(payload).getBytes(StandardCharsets.UTF_8));
    }

    private static Frame frame(String destination, Map<String, String> more, String contentType, byte[] body) {
        var headers =
                Headers.of("destination", destination, "content-type", more.getOrDefault("content-type", contentType));
        for (var header : more.entrySet()) {
            if (!OWNED.contains(header.getKey())) {
                headers = headers.plus(header.getKey(), header.getValue());
            }
        }
        return Frame.of(Command.SEND, headers, body);
    }
}
