package org.stampede.stomp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The escapes of header names and values (STOMP 1.2, section Value Encoding): 1.1 knows no {@code \r}, and 1.0 no escapes at
 * all, which is also how the frames that are never escaped are treated. Stateless.
 */
final class HeaderCodec {

    private HeaderCodec() {}

    /**
     * Reads a frame that a parser without knowledge of the version left as it was on the wire.
     *
     * @throws MalformedFrameException if it is none in this version
     */
    static Frame read(Frame raw, StompVersion version) {
        if (raw.bodyLength() > 0) {
            refuseForbiddenBody(raw.command(), version);
        }
        var entries = new ArrayList<String>(2 * raw.headers().size());
        raw.headers().forEach((name, value) -> {
            boolean lineEnd = version == StompVersion.V1_2 && value.endsWith("\r");
            entries.add(read(name, raw.command(), version));
            entries.add(read(lineEnd ? value.substring(0, value.length() - 1) : value, raw.command(), version));
        });
        if (version == StompVersion.V1_0) {
            trim(entries);
        }
        var headers = Headers.owning(entries.toArray(String[]::new));
        return raw.command().mayHaveBody() ? raw.with(headers) : Frame.of(raw.command(), headers);
    }

    /** Reads a name or value, without the end of its line. */
    static String read(String raw, Command command, StompVersion version) {
        if (version == StompVersion.V1_2 && raw.indexOf('\r') >= 0) {
            throw new MalformedFrameException("A header must not have a CR but at the end of its line.");
        }
        return command.escapesHeaders() ? unescape(raw, version) : raw;
    }

    /** Peers of 1.0 pad names and values at their liking; later versions must not (STOMP 1.2, section Value Encoding). */
    static void trim(List<String> entries) {
        entries.replaceAll(String::trim);
        for (int i = 0; i < entries.size(); i += 2) {
            if (entries.get(i).isEmpty()) {
                throw new MalformedFrameException("A header line must begin with a name.");
            }
        }
    }

    /** STOMP 1.0 ignores a body where there may be none, later versions forbid it. */
    static void refuseForbiddenBody(Command command, StompVersion version) {
        if (!command.mayHaveBody() && version != StompVersion.V1_0) {
            throw new MalformedFrameException("A frame " + command + " must not have a body.");
        }
    }

    private static String unescape(String raw, StompVersion version) {
        int backslash = raw.indexOf('\\');
        if (backslash < 0 || version == StompVersion.V1_0) {
            return raw;
        }
        var plain = new StringBuilder(raw.length());
        int from = 0;
        while (backslash >= 0) {
            plain.append(raw, from, backslash).append(unescaped(raw, backslash, version));
            from = backslash + 2;
            backslash = raw.indexOf('\\', from);
        }
        return plain.append(raw, from, raw.length()).toString();
    }

    private static char unescaped(String raw, int backslash, StompVersion version) {
        char escape = backslash + 1 < raw.length() ? raw.charAt(backslash + 1) : 0;
        if (escape == 'r' && version == StompVersion.V1_2) {
            return '\r';
        }
        return switch (escape) {
            case 'n' -> '\n';
            case 'c' -> ':';
            case '\\' -> '\\';
            default ->
                throw new MalformedFrameException(
                        "A header has a backslash that begins no escape of STOMP " + version.number() + ".");
        };
    }

    /** Appends a name or value, escaped. What cannot be said becomes a space, so that no value can end its line. */
    static void append(OctetBuffer out, String plain, StompVersion version) {
        int done = out.addPlain(plain);
        if (done == plain.length()) {
            return;
        }
        // Half a surrogate pair becomes a question mark.
        for (byte octet : plain.substring(done).getBytes(StandardCharsets.UTF_8)) {
            appendEscaped(out, octet, version);
        }
    }

    private static void appendEscaped(OctetBuffer out, byte octet, StompVersion version) {
        boolean escaping = version != StompVersion.V1_0;
        switch (octet) {
            case '\0' -> out.add(' ');
            case '\n' -> appendEscape(out, escaping, 'n', ' ');
            case '\r' -> appendEscape(out, version == StompVersion.V1_2, 'r', ' ');
            case ':' -> appendEscape(out, escaping, 'c', ':');
            case '\\' -> appendEscape(out, escaping, '\\', '\\');
            default -> out.add((char) octet);
        }
    }

    private static void appendEscape(OctetBuffer out, boolean escaping, char escape, char otherwise) {
        if (escaping) {
            out.add('\\');
        }
        out.add(escaping ? escape : otherwise);
    }
}
