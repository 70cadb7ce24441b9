package org.stampede.stomp;

import java.util.OptionalInt;

/** The non-negative integers of headers: ASCII digits and nothing else. Stateless. */
final class Decimal {

    private Decimal() {}

    /** Reads a number; one that is too large for an int counts as the largest. Empty if the text is none. */
    static OptionalInt parse(String text) {
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return OptionalInt.empty();
            }
            value = Math.min(Integer.MAX_VALUE, 10 * value + c - '0');
        }
        return text.isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) value);
    }
}
