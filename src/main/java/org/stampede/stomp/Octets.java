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
    static boolean areAscii(byte[] octets) {
        int at = 0;
        for (; at <= octets.length - Long.BYTES; at += Long.BYTES) {
            if (((long) EIGHT.get(octets, at) & HIGH_BITS) != 0) {
                return false;
            }
        }
        while (at < octets.length && octets[at] >= 0) {
            at++;
        }
        return at == octets.length;
    }
}
