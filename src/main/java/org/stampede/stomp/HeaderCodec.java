package org.stampede.stomp;

import java.nio.charset.StandardCharsets;

/**
 * The escapes of header names and values (STOMP 1.2, section Value Encoding): 1.1 knows no {@code \r}, and 1.0 no escapes at
 * all, which is also how the frames that are never escaped are treated. Stateless.
 */
final class HeaderCodec {

    private HeaderCodec() {}

    static String unescape(String raw, StompVersion version) {
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
    static void append(StringBuilder out, String plain, StompVersion version) {
        int special = firstSpecial(plain);
        if (special == plain.length()) {
            out.append(plain);
            return;
        }
        // Half a surrogate pair becomes the question mark that it would be in octets.
        String sound = new String(plain.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        out.append(sound, 0, special);
        for (int i = special; i < sound.length(); i++) {
            appendEscaped(out, sound.charAt(i), version);
        }
    }

    private static int firstSpecial(String plain) {
        int i = 0;
        while (i < plain.length() && !isSpecial(plain.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isSpecial(char c) {
        return c <= '\r' || c == ':' || c == '\\' || Character.isSurrogate(c);
    }

    private static void appendEscaped(StringBuilder out, char c, StompVersion version) {
        boolean escaping = version != StompVersion.V1_0;
        switch (c) {
            case '\0' -> out.append(' ');
            case '\n' -> out.append(escaping ? "\\n" : " ");
            case '\r' -> out.append(version == StompVersion.V1_2 ? "\\r" : " ");
            case ':' -> out.append(escaping ? "\\c" : ":");
            case '\\' -> out.append(escaping ? "\\\\" : "\\");
            default -> out.append(c);
        }
    }
}
