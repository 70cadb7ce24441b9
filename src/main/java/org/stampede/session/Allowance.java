package org.stampede.session;

import java.util.concurrent.TimeUnit;

/** What may be spent: it grows with time, up to a measure, and shrinks with use. Confined to the thread that reads. */
final class Allowance {

    private final long perSecond;
    private final double most;
    private double left;
    private long at;

    /**
     * @param perSecond how fast it grows; 0 for no limit
     * @param now       in nanoseconds
     */
    Allowance(long perSecond, long now) {
        this.perSecond = perSecond;
        this.most = (double) perSecond * RateLimits.BURST_SECONDS;
        this.left = most;
        this.at = now;
    }

    /** Spends; returns whether there was enough. */
    boolean spend(long amount, long now) {
        if (perSecond == 0) {
            return true;
        }
        left = Math.min(most, left + (double) (now - at) * perSecond / TimeUnit.SECONDS.toNanos(1)) - amount;
        at = now;
        return left >= 0;
    }
}
