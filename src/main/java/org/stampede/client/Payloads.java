package org.stampede.client;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Turns payloads into bodies and back: text, octets, and by JSON Binding everything else. Without JSON Binding on the class path
 * text and octets still work. Thread-safe.
 */
final class Payloads implements AutoCloseable {

    /**
     * An encoded payload.
     *
     * @param contentType its MIME type
     * @param octets      which nobody changes
     */
    record Body(String contentType, byte[] octets) {}

    // Guarded by this.
    private @Nullable JsonPayloads json;

    Body write(Object payload) {
        if (payload instanceof byte[] octets) {
            return new Body("application/octet-stream", octets);
        }
        if (payload instanceof CharSequence text) {
            return new Body("text/plain", text.toString().getBytes(StandardCharsets.UTF_8));
        }
        return new Body("application/json", json().write(payload).getBytes(StandardCharsets.UTF_8));
    }

    @SuppressWarnings("unchecked") // In each case the value is of the type that was asked for.
    <T> T read(ReceivedMessage message, PayloadType<T> wanted) {
        Type type = wanted.type();
        if (type == ReceivedMessage.class) {
            return (T) message;
        }
        if (type == byte[].class) {
            return (T) message.bytes();
        }
        return type == String.class ? (T) message.text() : (T) json().read(message.text(), type);
    }

    private synchronized JsonPayloads json() {
        if (json == null) {
            try {
                json = new JsonPayloads();
            } catch (LinkageError e) {
                throw new IllegalStateException(
                        "Payloads that are neither text nor octets need Jakarta JSON Binding on the class path.", e);
            }
        }
        return json;
    }

    @Override
    public synchronized void close() {
        if (json != null) {
            json.close();
            json = null;
        }
    }
}
