package org.stampede.broker;

import java.util.Optional;
import org.stampede.stomp.Quoted;

/** The header {@code prefetch-count} of a SUBSCRIBE: how many messages may be unacknowledged. Stateless. */
public final class PrefetchCount {

    /** More digits are no count, and might not fit. */
    private static final int MOST_DIGITS = 9;

    private PrefetchCount() {}

    /**
     * Reads the header.
     *
     * @param most what holds without it, and cannot be exceeded with it
     * @throws RefusedException if it is not a number from 1 on
     */
    public static int of(Optional<String> header, int most) {
        if (header.isEmpty()) {
            return most;
        }
        String value = header.get();
        boolean digits = value.length() <= MOST_DIGITS && value.chars().allMatch(c -> c >= '0' && c <= '9');
        int count = digits && !value.isEmpty() ? Integer.parseInt(value) : 0;
        if (count == 0) {
            throw new RefusedException(
                    "Malformed header prefetch-count",
                    "The header prefetch-count must be a number of messages from 1 on, but is " + Quoted.of(value)
                            + ".");
        }
        return Math.min(count, most);
    }
}
