package org.stampede.client;

import java.time.Duration;

/**
 * Whether and when a lost connection is tried again. Immutable.
 *
 * @param isOn whether it is tried again at all
 * @param min  the time before the first try
 * @param max  the most time between two tries
 */
public record ReconnectPolicy(boolean isOn, Duration min, Duration max) {

    /** Checks that the times make sense. */
    public ReconnectPolicy {
        if (min.isNegative() || min.compareTo(max) > 0) {
            throw new IllegalArgumentException("The least time must not be negative, nor more than the most.");
        }
    }

    /** The first loss of the connection ends the session. */
    public static ReconnectPolicy off() {
        return new ReconnectPolicy(false, Duration.ZERO, Duration.ZERO);
    }

    /**
     * Tries for ever, and waits twice as long before each try as before the last, less up to a half by chance so that the clients
     * of a server which restarts do not all come at once.
     *
     * @param min the time before the first try
     * @param max the most time between two tries
     */
    public static ReconnectPolicy backOff(Duration min, Duration max) {
        return new ReconnectPolicy(true, min, max);
    }

    /**
     * The time before a try.
     *
     * @param failures how many tries failed already
     * @param chance   at least 0, less than 1
     * @return how long to wait
     */
    public Duration delay(int failures, double chance) {
        long least = Math.max(1, min.toMillis());
        long most = failures > 30 ? max.toMillis() : Math.min(max.toMillis(), least << failures);
        return Duration.ofMillis(Math.round(most * (1 - chance / 2)));
    }
}
