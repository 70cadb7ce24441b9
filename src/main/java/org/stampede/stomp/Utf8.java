package org.stampede.stomp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Strict decoding of UTF-8. Stateless. */
final class Utf8 {

    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    /**
     * The text of octets, at the cost of a copy where they are ASCII, as nearly all are.
     *
     * @throws CharacterCodingException if they are not UTF-8
     */
    static String decode(byte[] octets, int from, int to) throws CharacterCodingException {
        var text = new String(octets, from, to - from, StandardCharsets.UTF_8);
        // The replacement character stands for a fault, unless somebody really wrote one.
        return text.indexOf(REPLACEMENT) < 0 ? text : decodeStrictly(octets, from, to);
    }

    private static String decodeStrictly(byte[] octets, int from, int to) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(octets, from, to - from))
                .toString();
    }
}
