package org.stampede.dispatch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Remembers for a while where failed logins came from. Thread-safe. */
final class FailedLogins {

    /** Beyond that the addresses that have been quiet for the longest time are forgotten. */
    static final int MOST_ADDRESSES = 10_000;

    private final LoginLimits limits;
    private final LongSupplier nanoTime;
    /** Address to when its latest failures were; the address that failed last is last. Guarded by this. */
    private final Map<String, Deque<Long>> failures = new LinkedHashMap<>();

    FailedLogins(LoginLimits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    /** Whether an address has failed so often that it must wait. */
    synchronized boolean tooMany(String address) {
        var times = failures.get(Networks.of(address));
        if (times == null) {
            return false;
        }
        long now = nanoTime.getAsLong();
        while (!times.isEmpty() && now - times.getFirst() >= limits.window().toNanos()) {
            times.removeFirst();
        }
        return times.size() >= limits.failures();
    }

    /** Notes a failure. */
    synchronized void add(String address) {
        String place = Networks.of(address);
        var removed = failures.remove(place);
        Deque<Long> times = removed == null ? new ArrayDeque<>() : removed;
        times.addLast(nanoTime.getAsLong());
        if (times.size() > limits.failures()) {
            times.removeFirst();
        }
        failures.put(place, times);
        if (failures.size() > MOST_ADDRESSES) {
            failures.remove(failures.keySet().iterator().next());
        }
    }
}
