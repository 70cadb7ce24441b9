package org.stampede.stomp;

import java.nio.charset.StandardCharsets;

/**
 * A text of at most 16 octets of ASCII as two numbers, so that it is compared and written at once. Immutable.
 *
 * @param text   the text
 * @param length how many octets it has
 * @param first  its first eight octets, see {@link Octets#eight}
 * @param second those behind them
 */
record ShortWord(String text, int length, long first, long second) {

    static final int MOST_OCTETS = 2 * Long.BYTES;

    static ShortWord of(String text) {
        byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        if (octets.length > MOST_OCTETS) {
            throw new IllegalArgumentException(text + " is too long.");
        }
        return new ShortWord(
                text,
                octets.length,
                Octets.eight(octets, 0, octets.length),
                Octets.eight(octets, Long.BYTES, octets.length));
    }

    /** Whether octets are this word, and not the same one with NULs behind it. */
    boolean is(int otherLength, long otherFirst, long otherSecond) {
        return first == otherFirst && second == otherSecond && length == otherLength;
    }

    /** Whether octets are this word. */
    boolean is(byte[] octets, int from, int to) {
        return length == to - from
                && first == Octets.eight(octets, from, to)
                && second == Octets.eight(octets, from + Long.BYTES, to);
    }
}
