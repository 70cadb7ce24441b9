package org.stampede.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntConsumer;

/** Numbers in headers of frames. Stateless. */
final class Numbers {

    private Numbers() {}

    /**
     * Finds all of them.
     *
     * @param before what stands before each of them, such as {@code RECEIPT}, an end-of-line and {@code receipt-id:}
     * @return how many there are
     */
    static int forEach(String before, byte[] octets, int from, int to, IntConsumer action) {
        byte[] sought = before.getBytes(StandardCharsets.US_ASCII);
        int found = 0;
        for (int at = from; at < to - sought.length; at++) {
            if (octets[at] == sought[0] && Arrays.equals(octets, at, at + sought.length, sought, 0, sought.length)) {
                int number = 0;
                for (at += sought.length; at < to && octets[at] >= '0' && octets[at] <= '9'; at++) {
                    number = 10 * number + octets[at] - '0';
                }
                action.accept(number);
                found++;
                at--;
            }
        }
        return found;
    }
}
