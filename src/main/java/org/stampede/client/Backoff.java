package org.stampede.client;

import java.util.function.DoubleSupplier;

/** When the next connection is due. Not thread-safe: guarded by the lock of its {@link Lifeline}. */
final class Backoff {

    private final ReconnectPolicy policy;
    private final DoubleSupplier chance;
    private int failures;
    private long due;

    Backoff(ReconnectPolicy policy, DoubleSupplier chance) {
        this.policy = policy;
        this.chance = chance;
    }

    /** A connection stood; only one that stood for a while lets the waiting begin anew. */
    void stood(long nanos) {
        if (nanos > policy.max().toNanos()) {
            failures = 0;
        }
    }

    /** Waits, longer than the last time. */
    void waitFrom(long now) {
        due = now + policy.delay(failures, chance.getAsDouble()).toNanos();
        failures++;
    }

    boolean isDue(long now) {
        return now - due >= 0;
    }
}
