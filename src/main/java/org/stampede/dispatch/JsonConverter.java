package org.stampede.dispatch;

import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.stampede.messaging.MessageConverter;
import org.stampede.messaging.UnreadablePayloadException;

/** JSON values as they are, and objects by Jakarta JSON Binding. Thread-safe. */
final class JsonConverter implements MessageConverter {

    /** How Yasson, which all servers of Jakarta EE but one bring, says in which property it was; names come outermost first. */
    private static final Pattern PROPERTY = Pattern.compile("Unable to deserialize property '([^']+)'");

    private final Jsonb jsonb;
    private final JsonText json = new JsonText();
    private final JsonFit fit = new JsonFit();

    JsonConverter(Jsonb jsonb) {
        this.jsonb = jsonb;
    }

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public boolean canRead(Class<?> type, String contentType) {
        return PayloadType.faultOfJson(type).isEmpty()
                && ContentType.parse(contentType).isReadAsJson();
    }

    @Override
    public Object read(byte[] body, Class<?> type, String contentType) {
        String text = TextConverter.text(body, contentType);
        JsonValue value = json.parse(text);
        boolean asItIs = JsonValue.class.isAssignableFrom(type);
        if (value.getValueType() == ValueType.NULL && !(asItIs && type.isInstance(value))) {
            throw new UnreadablePayloadException("The body is null; a value is expected.");
        }
        var violations = fit.violations(value, type);
        if (!violations.isEmpty()) {
            throw new UnreadablePayloadException("The JSON is well formed, but does not fit.", violations);
        }
        return asItIs ? value : bind(text, type);
    }

    private Object bind(String text, Class<?> type) {
        try {
            Object payload = jsonb.fromJson(text, type);
            if (type.isInstance(payload)) {
                return payload;
            }
            throw new UnreadablePayloadException("The JSON is well formed, but not what is needed here.");
        } catch (StackOverflowError e) {
            // How much Yasson takes of the stack differs from call to call; the parser's limit alone does not prevent
            // it.
            throw new UnreadablePayloadException("The JSON is nested too deeply.", e);
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

    @Override
    public boolean canWrite(Class<?> type, String contentType) {
        return ContentType.parse(contentType).isWrittenAsJson();
    }

    @Override
    public byte[] write(Object payload, String contentType) {
        return jsonb.toJson(payload).getBytes(TextConverter.charset(contentType));
    }
}
