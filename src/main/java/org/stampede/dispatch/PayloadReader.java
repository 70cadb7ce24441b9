package org.stampede.dispatch;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbException;
import jakarta.json.stream.JsonParsingException;
import java.io.StringReader;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.stampede.messaging.Message;

/**
 * Turns the body of a message into what its handler observes: the message itself, its text or octets, a JSON value, or an
 * object by Jakarta JSON Binding. Thread-safe.
 */
final class PayloadReader {

    private final Jsonb jsonb;

    PayloadReader(Jsonb jsonb) {
        this.jsonb = jsonb;
    }

    /** Why a type cannot be that of a payload; empty if it can. */
    static Optional<String> faultOf(Type type) {
        if (!(type instanceof Class<?> raw)) {
            return Optional.of("a payload of the generic type " + type.getTypeName()
                    + " cannot be an event; use a class, a record or an array.");
        }
        boolean known = raw.isArray() || JsonValue.class.isAssignableFrom(raw) || raw == Message.class;
        boolean instantiable = !raw.isInterface() && !Modifier.isAbstract(raw.getModifiers()) && raw != Object.class;
        return known || instantiable
                ? Optional.empty()
                : Optional.of("no payload can be made of the type " + raw.getName()
                        + "; use a class, a record, an array, String, byte[], JsonValue or Message.");
    }

    /**
     * Reads the payload.
     *
     * @throws UnreadablePayloadException if the body is not what the type needs
     */
    Object read(Message message, Class<?> type) {
        if (type == Message.class) {
            return message;
        }
        if (type == String.class) {
            return message.text();
        }
        if (type == byte[].class) {
            return message.body();
        }
        Object payload = JsonValue.class.isAssignableFrom(type) ? readJson(message.text()) : bind(message.text(), type);
        if (!type.isInstance(payload)) {
            throw new UnreadablePayloadException(
                    "The body must not be empty, and must be a JSON value of the right kind.");
        }
        return payload;
    }

    private @Nullable Object bind(String json, Class<?> type) {
        try {
            return jsonb.fromJson(json, type);
        } catch (JsonbException e) {
            readJson(json);
            throw new UnreadablePayloadException("The JSON is well formed, but not what is needed here: " + reason(e));
        }
    }

    /** Reads a JSON value, or says at which place it is none. */
    private static JsonValue readJson(String json) {
        try (var reader = Json.createReader(new StringReader(json))) {
            return reader.readValue();
        } catch (JsonParsingException e) {
            throw new UnreadablePayloadException("The body is not JSON, from line "
                    + e.getLocation().getLineNumber() + ", column "
                    + e.getLocation().getColumnNumber() + " on: " + firstLine(e));
        } catch (JsonException e) {
            throw new UnreadablePayloadException("The body is not JSON: " + firstLine(e));
        }
    }

    private static String reason(Throwable failure) {
        var deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return firstLine(deepest);
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .strip();
    }
}
