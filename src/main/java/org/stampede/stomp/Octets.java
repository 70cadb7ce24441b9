package org.stampede.stomp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Searches among octets, eight at a time. Stateless. */
final class Octets {

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long CARRIAGE_RETURNS = '\r' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    /** The first octet of ASCII behind NUL, the line ends, and other controls. */
    private static final long BEHIND_LINE_ENDS = ('\r' + 1) * ONES;

    private Octets() {}

    /** The first index of an octet of ASCII; the end if there is none. */
    static int indexOf(int wanted, byte[] octets, int from, int to) {
        return indexOfEither(wanted, wanted, octets, from, to);
    }

    /** The first index of one of two octets of ASCII; the end if there is none. */
    static int indexOfEither(int one, int other, byte[] octets, int from, int to) {
        int last = to - Long.BYTES;
        if (last < from) {
            return indexAmongFew(one, other, octets, from, to);
        }
        long ones = one * ONES;
        long others = other * ONES;
        int at = from;
        while (true) {
            long eight = (long) EIGHT.get(octets, at);
            long found = zeros(eight ^ ones) | zeros(eight ^ others);
            if (found != 0) {
                return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
            if (at == last) {
                return to;
            }
            // The last eight may have some in them that were looked at already.
            at = Math.min(at + Long.BYTES, last);
        }
    }

    private static int indexAmongFew(int one, int other, byte[] octets, int from, int to) {
        int at = from;
        while (at < to && octets[at] != one && octets[at] != other) {
            at++;
        }
        return at;
    }

    /** The high bit of each octet that is zero; above the lowest such octet there may be others. */
    private static long zeros(long eight) {
        return (eight - ONES) & ~eight & HIGH_BITS;
    }

    /** Eight octets as a number, the first of them lowest; NULs stand for those behind the end. */
    static long eight(byte[] octets, int at, int to) {
        int last = to - Long.BYTES;
        if (at <= last) {
            return (long) EIGHT.get(octets, at);
        }
        if (at >= to) {
            return 0;
        }
        return last < 0 ? few(octets, at, to) : (long) EIGHT.get(octets, last) >>> Byte.SIZE * (at - last);
    }

    /** Writes eight octets. */
    static void put(byte[] octets, int at, long eight) {
        EIGHT.set(octets, at, eight);
    }

    private static long few(byte[] octets, int from, int to) {
        long few = 0;
        for (int at = to - 1; at >= from; at--) {
            few = few << Byte.SIZE | octets[at] & 0xFF;
        }
        return few;
    }

    /** How many of eight octets stand before the first such octet of ASCII; 8 if there is none. */
    static int before(char wanted, long eight) {
        return Long.numberOfTrailingZeros(zeros(eight ^ wanted * ONES)) / Byte.SIZE;
    }

    /** The first so many of eight octets, at most 7, and NULs. */
    static long first(int few, long eight) {
        return eight & ((1L << Byte.SIZE * few) - 1);
    }

    /**
     * The first index of an octet that is not ASCII, or a backslash, or one of the controls up to CR, among which are NUL and
     * LF; the end if there is none.
     */
    static int endOfPlain(byte[] octets, int from, int to) {
        int at = from;
        while (true) {
            long eight = eight(octets, at, to);
            long found = ((eight - BEHIND_LINE_ENDS) | eight) & HIGH_BITS | zeros(eight ^ BACKSLASHES);
            if (found != 0) {
                return Math.min(to, at + Long.numberOfTrailingZeros(found) / Byte.SIZE);
            }
            at += Long.BYTES;
        }
    }

    /** Whether all are ASCII, and neither a CR nor a backslash, so that they need no decoding and may be no escape. */
    static boolean isPlain(byte[] octets, int from, int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long eight = (long) EIGHT.get(octets, at);
            if (((eight & HIGH_BITS) | zeros(eight ^ CARRIAGE_RETURNS) | zeros(eight ^ BACKSLASHES)) != 0) {
                return false;
            }
        }
        while (at < to && octets[at] >= 0 && octets[at] != '\r' && octets[at] != '\\') {
            at++;
        }
        return at == to;
    }

    /** Whether all are ASCII. */
    static boolean areAscii(byte[] octets, int from, int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            if (((long) EIGHT.get(octets, at) & HIGH_BITS) != 0) {
                return false;
            }
        }
        while (at < to && octets[at] >= 0) {
            at++;
        }
        return at == to;
    }
}
