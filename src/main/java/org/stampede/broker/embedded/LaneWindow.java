package org.stampede.broker.embedded;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.stampede.transport.OutboxLimits;

/**
 * How much of all {@link SlowLane}s of a session is in its Outbox, so that together they do not make it overflow, and which of them
 * wait for room. Thread-safe; no method blocks.
 */
final class LaneWindow {

    /** A message counts as one unit for each of these that it has begun. */
    static final int UNIT_OCTETS = 4096;

    private final int most;
    private final AtomicInteger units = new AtomicInteger();
    private final Queue<SlowLane> parked = new ConcurrentLinkedQueue<>();

    /** Up to half of what the Outbox may hold. */
    LaneWindow(OutboxLimits limits) {
        most = (int) Math.max(1, Math.min(limits.frames() / 2, limits.octets() / 2 / UNIT_OCTETS));
    }

    /** Takes room, if there is; while half of it is free a message of any size may. */
    boolean take(int taken) {
        int now = units.get();
        while (now + taken <= most || now <= most / 2) {
            if (units.compareAndSet(now, now + taken)) {
                return true;
            }
            now = units.get();
        }
        return false;
    }

    /** A lane did not get room, and is told when half of it is free. */
    void park(SlowLane lane) {
        parked.add(lane);
    }

    void giveBack(int given) {
        units.addAndGet(-given);
        wake();
    }

    /** Has lanes go on that wait, as long as they get room for certain. */
    void wake() {
        while (!parked.isEmpty() && units.get() <= most / 2) {
            SlowLane lane = parked.poll();
            if (lane != null) {
                lane.unpark();
            }
        }
    }
}
