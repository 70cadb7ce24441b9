package org.stampede.dispatch;

import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.stampede.messaging.Message;
import org.stampede.messaging.Problem.Violation;

/**
 * Turns the body of a message into what its handler observes: the message itself, its text or octets, a JSON value, or an
 * object by Jakarta JSON Binding. Thread-safe.
 */
final class PayloadReader {

    /** How Yasson, which all servers of Jakarta EE but one bring, says in which property it was; names come outermost first. */
    private static final Pattern PROPERTY = Pattern.compile("Unable to deserialize property '([^']+)'");

    private final Jsonb jsonb;
    private final JsonText json = new JsonText();
    private final JsonFit fit = new JsonFit();

    PayloadReader(Jsonb jsonb) {
        this.jsonb = jsonb;
    }

    /**
     * What was read.
     *
     * @param payload    of the type asked for, unless there are violations
     * @param violations where the body, though it is JSON, does not fit the type
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
        if (type == byte[].class) {
            return Reading.of(message.body());
        }
        String text = text(message);
        return type == String.class ? Reading.of(text) : readJson(text, type);
    }

    private static String text(Message message) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(message.body()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnreadablePayloadException("The body is not text in UTF-8.", e);
        }
    }

    private Reading readJson(String text, Class<?> type) {
        JsonValue value = json.parse(text);
        boolean asItIs = JsonValue.class.isAssignableFrom(type);
        if (value.getValueType() == ValueType.NULL && !(asItIs && type.isInstance(value))) {
            throw new UnreadablePayloadException("The body is null; a value is expected.");
        }
        var violations = fit.violations(value, type);
        if (!violations.isEmpty()) {
            return new Reading(value, violations);
        }
        return Reading.of(asItIs ? value : bind(text, type));
    }

    private Object bind(String text, Class<?> type) {
        try {
            Object payload = jsonb.fromJson(text, type);
            if (type.isInstance(payload)) {
                return payload;
            }
            throw new UnreadablePayloadException("The JSON is well formed, but not what is needed here.");
        } catch (JsonbException e) {
            throw new UnreadablePayloadException("The JSON is well formed, but not what is needed here" + place(e), e);
        }
    }

    private static String place(JsonbException e) {
        String path = PROPERTY.matcher(String.valueOf(e.getMessage()))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.joining("."));
        return path.isEmpty() ? "." : ", in " + path + ".";
    }
}
