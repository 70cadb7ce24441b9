package org.stampede.broker.embedded;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.stampede.broker.embedded.SlowSubscriptions.Policy;

/**
 * The messages of a subscription to topics that may miss some when its client is slow. A few are in the Outbox at a time; the
 * others wait here, where they may be left out: by {@link Policy#CONFLATE} a newer message takes the place of the one of its
 * destination, and by either policy the oldest makes room when there are too many.
 *
 * <p>While the client keeps up, messages pass without a lock. Thread-safe; no method blocks.
 */
final class SlowLane {

    /**
     * Small messages of the subscription that may be in the Outbox at a time: enough to fill a message of the wire. A larger one counts as
     * several, by its octets; the last one that fits may be of any size. All lanes of a session share a {@link LaneWindow} besides.
     */
    static final int WINDOW = 16;

    private static final int MOST_UNITS = 1 << 15;

    /** After so long without one that was left out a new episode begins. */
    private static final Duration QUIET = Duration.ofSeconds(10);

    /** Set in the state while messages wait, or wait no longer but are not all sent. */
    private static final int WAITING = 1 << 16;

    /** How a message gets into the Outbox; returns whether it was taken, if so calls back when it was written. */
    @FunctionalInterface
    interface Sender {
        boolean send(Fanout fanout, Runnable whenWritten);
    }

    private final TopicSubscription subscription;
    private final Policy policy;
    private final SlowSubscriptions slow;
    private final EmbeddedBrokerLimits limits;
    private final InstantSource clock;
    private final LaneWindow window;
    private final Runnable flush;
    private final Sender sender;
    private final Runnable whenSmallIsWritten = () -> written(1);

    /** How much is in the Outbox, in small messages, and {@link #WAITING}. */
    private final AtomicInteger state = new AtomicInteger();

    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by lock.
    /** By what a newer message may replace: a destination, or the message itself. In the order of sending. */
    private final Map<Object, Fanout> waiting = new LinkedHashMap<>(0);

    private long waitingOctets;
    /** Set while a thread sends what waits. */
    private boolean draining;
    /** Set while the window is to tell when there is room. */
    private boolean parked;

    private boolean ended;
    private long leftOut;
    /** When the newest was left out, in milliseconds. */
    private long lastLeftOut;

    /**
     * @param window shared by the lanes of the session
     * @param flush  has what is in the Outbox leave, as far as the client reads
     */
    SlowLane(
            TopicSubscription subscription,
            Policy policy,
            SlowSubscriptions slow,
            EmbeddedBrokerLimits limits,
            InstantSource clock,
            LaneWindow window,
            Runnable flush,
            Sender sender) {
        this.subscription = subscription;
        this.policy = policy;
        this.slow = slow;
        this.limits = limits;
        this.clock = clock;
        this.window = window;
        this.flush = flush;
        this.sender = sender;
    }

    /** Sends a message, now or when the client has read others, or never. */
    void flow(Fanout fanout) {
        int units = units(fanout);
        if (tryToPass(units)) {
            send(fanout, units);
            return;
        }
        flush.run();
        if (tryToPass(units)) {
            send(fanout, units);
            return;
        }
        boolean replaces;
        int dropped;
        lock.lock();
        try {
            replaces = add(fanout);
            dropped = dropOldest();
        } finally {
            lock.unlock();
        }
        if (replaces) {
            leftOut(Policy.CONFLATE, 1);
        }
        leftOut(Policy.DROP_OLDEST, dropped);
        drain();
    }

    /** Tells that messages of the subscription are left out. */
    void leftOut(Policy how, int count) {
        if (count == 0) {
            return;
        }
        long sum;
        boolean episode;
        lock.lock();
        try {
            episode = isNewEpisode();
            leftOut += count;
            sum = leftOut;
        } finally {
            lock.unlock();
        }
        for (int i = 0; i < count; i++) {
            slow.leftOut(how);
        }
        if (episode) {
            slow.episode(subscription.peer(), subscription.pattern(), policy, sum);
        }
    }

    /** Nobody overtakes what waits. */
    private boolean tryToPass(int units) {
        int now = state.get();
        while (now < WINDOW) {
            if (state.compareAndSet(now, now + units)) {
                if (window.take(units)) {
                    return true;
                }
                state.addAndGet(-units);
                return false;
            }
            now = state.get();
        }
        return false;
    }

    private static int units(Fanout fanout) {
        return Math.min(1 + fanout.weight() / LaneWindow.UNIT_OCTETS, MOST_UNITS);
    }

    private void send(Fanout fanout, int units) {
        if (!sender.send(fanout, units == 1 ? whenSmallIsWritten : () -> written(units))) {
            written(units);
        }
    }

    /** Returns whether it takes the place of another. */
    private boolean add(Fanout fanout) {
        if (ended) {
            return false;
        }
        Object key = policy == Policy.CONFLATE ? fanout.message().destination() : fanout;
        Fanout replaced = waiting.put(key, fanout);
        waitingOctets += fanout.weight();
        if (replaced != null) {
            waitingOctets -= replaced.weight();
        }
        state.getAndUpdate(now -> now | WAITING);
        return replaced != null;
    }

    /** Returns how many were too many. */
    private int dropOldest() {
        int dropped = 0;
        while (waiting.size() > limits.heldMessages() || (waitingOctets > limits.heldOctets() && waiting.size() > 1)) {
            poll();
            dropped++;
        }
        return dropped;
    }

    private boolean isNewEpisode() {
        long now = clock.millis();
        boolean quiet = leftOut == 0 || now - lastLeftOut >= QUIET.toMillis();
        lastLeftOut = now;
        return quiet;
    }

    private @Nullable Fanout peek() {
        var entries = waiting.values().iterator();
        return entries.hasNext() ? entries.next() : null;
    }

    private void poll() {
        var entries = waiting.values().iterator();
        waitingOctets -= entries.next().weight();
        entries.remove();
    }

    private void written(int units) {
        window.giveBack(units);
        if (state.addAndGet(-units) >= WAITING) {
            drain();
        }
    }

    /** There is room again in the window of the session. */
    void unpark() {
        lock.lock();
        try {
            parked = false;
        } finally {
            lock.unlock();
        }
        drain();
    }

    /** Sends what waits and has room in the Outbox, unless another thread is at it: then that one goes on. */
    private void drain() {
        for (Fanout next = next(true); next != null; next = next(false)) {
            send(next, units(next));
        }
        // The room may have come just before this lane was parked.
        window.wake();
    }

    private @Nullable Fanout next(boolean first) {
        lock.lock();
        try {
            if (first && draining) {
                return null;
            }
            draining = false;
            if ((state.get() & ~WAITING) >= WINDOW) {
                return null;
            }
            Fanout next = peekLive();
            if (next == null) {
                state.getAndUpdate(now -> now & ~WAITING);
                return null;
            }
            if (!window.take(units(next))) {
                park();
                return null;
            }
            poll();
            state.addAndGet(units(next));
            draining = true;
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void park() {
        if (!parked) {
            parked = true;
            window.park(this);
        }
    }

    private @Nullable Fanout peekLive() {
        Fanout next = peek();
        while (next != null && next.message().expiry().isPast(clock)) {
            poll();
            next = peek();
        }
        return next;
    }

    /** Forgets what waits and takes no more. */
    void end() {
        lock.lock();
        try {
            ended = true;
            waiting.clear();
            waitingOctets = 0;
        } finally {
            lock.unlock();
        }
    }
}
