package org.stampede.dispatch;

import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParserFactory;
import jakarta.json.stream.JsonParsingException;
import java.io.StringReader;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.stampede.messaging.UnreadablePayloadException;

/** Reads JSON, or says in words for its sender at which place it is none (RFC 8259). Thread-safe. */
final class JsonText {

    /** The only part of a parser's own message that is used: what it says beside is for programmers. */
    private static final Pattern EXPECTED = Pattern.compile("Expected tokens are: \\[([A-Z, ]+)]");

    private static final Map<String, String> TOKENS = Map.of(
            "COLON", "':'", "COMMA", "','", "CURLYCLOSE", "'}'", "SQUARECLOSE", "']'", "STRING", "a name in quotes");

    /** Kept, since finding the provider costs far more than parsing. */
    private final JsonParserFactory parsers = JsonProvider.provider().createParserFactory(Map.of());

    /**
     * Reads a text that is one JSON value.
     *
     * @throws UnreadablePayloadException if it is not
     */
    JsonValue parse(String text) {
        if (text.isBlank()) {
            throw new UnreadablePayloadException("The body is empty; JSON is expected.");
        }
        try (var parser = parsers.createParser(new StringReader(text))) {
            parser.next();
            JsonValue value = parser.getValue();
            if (parser.hasNext()) {
                parser.next();
            }
            return value;
        } catch (JsonParsingException e) {
            throw new UnreadablePayloadException("The body is not JSON: " + place(text, e) + expected(e) + ".", e);
        } catch (RuntimeException e) {
            // What a parser does against texts that are made to hurt it.
            throw new UnreadablePayloadException("The JSON is nested too deeply, or has too long a number.", e);
        }
    }

    /** Told from the offset alone: beyond the end of the text the line and column of parsers are not to be trusted. */
    private static String place(String text, JsonParsingException e) {
        long offset = e.getLocation().getStreamOffset();
        boolean ended = offset < 0 || offset >= text.length();
        int at = ended ? text.length() : (int) offset;
        String before = text.substring(0, at);
        long line = before.chars().filter(c -> c == '\n').count() + 1;
        int column = at - before.lastIndexOf('\n');
        String where = "line " + line + ", column " + column;
        return ended ? "it ends too early, at " + where : "at " + where + " there is " + named(text.codePointAt(at));
    }

    private static String named(int character) {
        return Character.isISOControl(character) || !Character.isDefined(character)
                ? String.format("the character U+%04X", character)
                : "'" + Character.toString(character) + "'";
    }

    private static String expected(JsonParsingException e) {
        var matcher = EXPECTED.matcher(String.valueOf(e.getMessage()));
        if (!matcher.find()) {
            return "";
        }
        var tokens = Arrays.asList(matcher.group(1).split(", "));
        return tokens.contains("NUMBER")
                ? ", where a value is expected"
                : tokens.stream()
                        .map(token -> TOKENS.getOrDefault(token, "something else"))
                        .collect(Collectors.joining(" or ", ", where ", " is expected"));
    }
}
