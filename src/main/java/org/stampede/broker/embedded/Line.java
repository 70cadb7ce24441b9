package org.stampede.broker.embedded;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Where the messages of one subscription wait their turn: they are kept until the line is opened, and then sent in order, by
 * one thread at a time and under no lock. Whoever adds something calls {@link #drain} afterwards.
 *
 * <p>A line may {@link #dissolve}: once all that waited is sent it takes no more, and the senders need it no longer.
 *
 * <p>Thread-safe; no method blocks.
 *
 * @param <E> what waits
 */
public final class Line<E> {

    /** What became of an element. */
    public enum Place {
        /** It waits, or will be sent by {@link #drain}. */
        TAKEN,
        /** The line is dissolved: the caller sends by itself. */
        DISSOLVED,
        /** More waits than the limits allow. */
        FULL,
        /** The subscription is gone. */
        ENDED
    }

    private final ToIntFunction<E> weigher;
    private final int mostElements;
    private final long mostOctets;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by lock.
    private final ArrayDeque<E> waiting = new ArrayDeque<>(0);
    private long waitingOctets;
    private boolean open;
    private boolean draining;
    private boolean dissolving;
    private boolean ended;
    /** Changed under the lock; read without it as a short cut. */
    private volatile boolean dissolved;

    /**
     * @param weigher      how many octets an element has
     * @param mostElements how many elements may wait when another is added
     * @param mostOctets   how many octets may wait; a single element may have more
     */
    public Line(ToIntFunction<E> weigher, int mostElements, long mostOctets) {
        this.weigher = weigher;
        this.mostElements = mostElements;
        this.mostOctets = mostOctets;
    }

    /** Adds an element, unless there are too many. */
    public Place add(E element) {
        lock.lock();
        try {
            if (dissolved || ended) {
                return ended ? Place.ENDED : Place.DISSOLVED;
            }
            long octets = waitingOctets + weigher.applyAsInt(element);
            if (waiting.size() >= mostElements || (octets > mostOctets && !waiting.isEmpty())) {
                return Place.FULL;
            }
            waitingOctets = octets;
            waiting.add(element);
            return Place.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    /** Adds an element whose number the caller bounds. */
    void put(E element) {
        lock.lock();
        try {
            waitingOctets += weigher.applyAsInt(element);
            waiting.add(element);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets some of what waits. */
    public void forget(Predicate<? super E> some) {
        lock.lock();
        try {
            waiting.removeIf(some);
            waitingOctets = waiting.stream().mapToLong(weigher::applyAsInt).sum();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets a tenth of what waits, at least one, the oldest first; returns how many. */
    int forgetOldest() {
        lock.lock();
        try {
            int count = Math.min(waiting.size(), Math.max(1, mostElements / 10));
            for (int i = 0; i < count; i++) {
                waitingOctets -= weigher.applyAsInt(waiting.remove());
            }
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** From now on elements may be sent. */
    public void open() {
        open(false);
    }

    /** From now on elements may be sent; once none waits the line is dissolved. */
    public void dissolve() {
        open(true);
    }

    private void open(boolean dissolve) {
        lock.lock();
        try {
            open = true;
            dissolving = dissolve;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the line has dissolved, so that elements need not be added any more. */
    public boolean isDissolved() {
        return dissolved;
    }

    /** Forgets what waits, which it returns, and takes no more. */
    public List<E> end() {
        lock.lock();
        try {
            ended = true;
            var forgotten = List.copyOf(waiting);
            waiting.clear();
            waitingOctets = 0;
            return forgotten;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sends what waits, unless the line is not open or another thread is at it already.
     *
     * @param sender sends an element; called under no lock, and by one thread at a time
     */
    public void drain(Consumer<? super E> sender) {
        for (E element = next(true); element != null; element = next(false)) {
            sender.accept(element);
        }
    }

    private @Nullable E next(boolean first) {
        lock.lock();
        try {
            if (!open || (first && draining)) {
                return null;
            }
            E element = waiting.poll();
            draining = element != null;
            if (element != null) {
                waitingOctets -= weigher.applyAsInt(element);
            } else if (dissolving) {
                dissolved = true;
            }
            return element;
        } finally {
            lock.unlock();
        }
    }
}
