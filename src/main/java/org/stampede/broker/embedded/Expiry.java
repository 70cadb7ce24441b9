package org.stampede.broker.embedded;

import java.time.InstantSource;
import java.util.Optional;
import org.stampede.broker.RefusedException;
import org.stampede.stomp.Headers;
import org.stampede.stomp.Quoted;

/**
 * Until when a message is worth delivering: its {@code expires} header, in milliseconds since 1970, or its
 * {@code expiration} header, in milliseconds from now; the earlier one if it has both. Zero is never, as in Jakarta
 * Messaging. Immutable.
 *
 * @param millis the end of its life, in milliseconds since 1970
 */
record Expiry(long millis) {

    static final Expiry NEVER = new Expiry(Long.MAX_VALUE);

    /** More digits are no time, and might not fit. */
    private static final int MOST_DIGITS = 18;

    /**
     * Reads the headers of a SEND.
     *
     * @throws RefusedException if one of the two is not a number
     */
    static Expiry of(Headers headers, InstantSource clock) {
        long expires = read(headers, "expires").orElse(0L);
        long expiration = read(headers, "expiration").orElse(0L);
        if (expires == 0 && expiration == 0) {
            return NEVER;
        }
        long absolute = expires == 0 ? Long.MAX_VALUE : expires;
        long relative = expiration == 0 ? Long.MAX_VALUE : clock.millis() + expiration;
        return new Expiry(Math.min(absolute, relative));
    }

    private static Optional<Long> read(Headers headers, String name) {
        return headers.first(name).map(value -> {
            if (value.isEmpty()
                    || value.length() > MOST_DIGITS
                    || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw new RefusedException(
                        "Malformed header " + name,
                        "The header " + name + " must be a number of milliseconds, but is " + Quoted.of(value) + ".");
            }
            return Long.parseLong(value);
        });
    }

    /** Whether the time has come. */
    boolean isPast(InstantSource clock) {
        return millis != Long.MAX_VALUE && clock.millis() >= millis;
    }
}
