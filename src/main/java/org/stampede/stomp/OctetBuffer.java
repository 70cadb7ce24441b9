package org.stampede.stomp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Octets that grow at the end. Not thread-safe. */
final class OctetBuffer {

    /** The characters of ASCII that need no escape in any version. */
    private static final boolean[] PLAIN = new boolean[0x80];

    static {
        Arrays.fill(PLAIN, '\r' + 1, PLAIN.length, true);
        PLAIN[':'] = false;
        PLAIN['\\'] = false;
    }

    private byte[] octets;
    private int length;

    OctetBuffer(int capacity) {
        this(new byte[capacity]);
    }

    /** A buffer that begins in room which nobody else uses meanwhile. */
    OctetBuffer(byte[] room) {
        octets = room;
    }

    int length() {
        return length;
    }

    /** The octets, and perhaps room behind them. */
    byte[] array() {
        return octets;
    }

    /** The octets, not copied if they fill the room; nobody writes to this buffer any more. */
    byte[] toArray() {
        return length == octets.length ? octets : Arrays.copyOf(octets, length);
    }

    /** Adds one octet, the lowest of the character. */
    void add(char octet) {
        ensureRoomFor(1);
        octets[length++] = (byte) octet;
    }

    void add(byte[] more) {
        add(more, 0, more.length);
    }

    void add(byte[] more, int from, int to) {
        ensureRoomFor(to - from);
        System.arraycopy(more, from, octets, length, to - from);
        length += to - from;
    }

    void add(ShortWord word) {
        int room = octets.length - length;
        if (room < ShortWord.MOST_OCTETS) {
            add(word.text().getBytes(StandardCharsets.US_ASCII));
            return;
        }
        Octets.put(octets, length, word.first());
        Octets.put(octets, length + Long.BYTES, word.second());
        length += word.length();
    }

    /** Adds a number that is not negative. */
    void add(int number) {
        int digits = digits(number);
        ensureRoomFor(digits);
        length += digits;
        int rest = number;
        for (int at = length - 1; at >= length - digits; at--) {
            octets[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** How many digits a number has that is not negative. */
    static int digits(int number) {
        int digits = 1;
        for (int rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        return digits;
    }

    /**
     * Adds the beginning of a text, as far as it needs no escape and is ASCII.
     *
     * @return how many characters that were
     */
    int addPlain(String text) {
        int most = text.length();
        ensureRoomFor(most);
        byte[] to = octets;
        int from = length;
        int at = 0;
        while (at < most) {
            char c = text.charAt(at);
            if (c >= PLAIN.length || !PLAIN[c]) {
                break;
            }
            to[from + at] = (byte) c;
            at++;
        }
        length = from + at;
        return at;
    }

    private void ensureRoomFor(int more) {
        if (more > octets.length - length) {
            octets = Arrays.copyOf(octets, Math.max(length + more, 2 * octets.length));
        }
    }
}
