package org.stampede.dispatch;

import java.util.List;
import org.stampede.messaging.Message;
import org.stampede.messaging.Problem.Violation;
import org.stampede.messaging.UnreadablePayloadException;
import org.stampede.stomp.Quoted;

/** Turns a message into what its handler observes: the message itself, or its body by a converter. Thread-safe. */
final class PayloadReader {

    private final Converters converters;

    PayloadReader(Converters converters) {
        this.converters = converters;
    }

    /**
     * What was read.
     *
     * @param payload    of the type asked for, unless there are violations
     * @param violations where the body, though it can be read, does not fit the type
     */
    record Reading(Object payload, List<Violation> violations) {

        private static Reading of(Object payload) {
            return new Reading(payload, List.of());
        }
    }

    /**
     * Reads the payload.
     *
     * @throws UnreadablePayloadException if the body cannot be read at all
     */
    Reading read(Message message, Class<?> type) {
        if (type == Message.class) {
            return Reading.of(message);
        }
        String contentType = message.header("content-type").orElse("");
        var converter = converters
                .reading(type, contentType)
                .orElseThrow(() -> new UnsupportedContentException("The content type " + Quoted.of(contentType)
                        + " is not understood at this destination; most take application/json."));
        try {
            Object payload = converter.read(message.body(), type, contentType);
            if (!type.isInstance(payload)) {
                throw new IllegalStateException(
                        "The converter " + converter + " was to make a " + type.getName() + " and did not.");
            }
            return Reading.of(payload);
        } catch (UnreadablePayloadException e) {
            if (e.violations().isEmpty()) {
                throw e;
            }
            return new Reading(message, e.violations());
        }
    }
}
