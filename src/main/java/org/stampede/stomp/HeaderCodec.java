package org.stampede.stomp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Turns header octets into text and back: UTF-8, and the escapes of each version (STOMP 1.2, section Value Encoding; 1.1
 * knows no {@code \r}, 1.0 no escapes). Stateless.
 */
final class HeaderCodec {

    private HeaderCodec() {}

    /** Decodes a line strictly; a line of ASCII, nearly every one, at the cost of a copy. */
    static String decode(byte[] octets, int from, int to) {
        for (int i = from; i < to; i++) {
            if (octets[i] < 0) {
                return decodeUtf8(octets, from, to);
            }
        }
        return new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static String decodeUtf8(byte[] octets, int from, int to) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedFrameException("The command and the headers must be UTF-8.");
        }
    }

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

    /** Escapes a name or value as the version has it. What cannot be said in it becomes a space. */
    static void escape(StringBuilder out, String plain, StompVersion version) {
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case ':' -> out.append("\\c");
                case '\r' -> out.append(version == StompVersion.V1_2 ? "\\r" : " ");
                case '\0' -> out.append(' ');
                default -> out.append(c);
            }
        }
    }

    /** Appends a name or value where there are no escapes; what would end the line becomes a space. */
    static void append(StringBuilder out, String plain) {
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            out.append(c == '\n' || c == '\r' || c == '\0' ? ' ' : c);
        }
    }
}
