package org.stampede.testing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A nano clock that stands still until it is moved. Thread-safe. */
public final class ManualClock implements LongSupplier {

    /** Near the end of the range, so that code which compares instead of subtracts fails. */
    private final AtomicLong now =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(5).toNanos());

    @Override
    public long getAsLong() {
        return now.get();
    }

    /** Moves the clock. */
    public void advance(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
