package org.stampede.transport;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.stampede.stomp.Frame;
import org.stampede.stomp.StompVersion;
import org.stampede.transport.Backlog.Entry;

/**
 * Everything a session says leaves through here: frames in order, one write under way at a time, and a bound on what waits.
 * Frames that wait together leave together in one message of the {@link Wire}.
 *
 * <p>A peer that does not read makes the Outbox overflow: it then drops what waits, tells its owner, and takes nothing more
 * but a last frame, see {@link #closeWith}. A write that takes too long, or a close that cannot be flushed in time, ends in a
 * hard close at the next {@link #tick}.
 *
 * <p>Thread-safe; no method blocks, and nothing foreign is called under the lock.
 */
public final class Outbox {

    private static final Logger LOG = System.getLogger(Outbox.class.getName());
    private static final Runnable NOTHING = () -> {};

    private enum Verdict {
        WAITS,
        GATHER,
        DRAIN,
        REFUSED,
        OVERFLOW
    }

    private final Wire wire;
    private final OutboxLimits limits;
    private final LongSupplier nanoTime;
    /** Called once, by the thread whose frame was one too many. */
    private volatile Runnable onOverflow = NOTHING;
    /** Called once, by the thread that finds it out. */
    private final AtomicReference<Runnable> onLost = new AtomicReference<>(NOTHING);
    /** Sees each frame before it is taken; null if frames are taken as they are. */
    private volatile @Nullable Function<Frame, Optional<Frame>> onOffer;
    /** Whose escapes are used; the newest version until one is negotiated. */
    private volatile StompVersion version = StompVersion.V1_2;

    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by lock.
    private final Backlog waiting = new Backlog();
    /** Set while some thread drains, or a write is under way whose completion will go on. */
    private boolean writing;
    /** Set while nothing is written yet, since what waits is to leave at the end of a thread's go. */
    private @Nullable Gathering gathering;
    /** What whoever has been told to drain writes first. Taken under the lock: else others may add too much before it is. */
    private List<Entry> firstBatch = List.of();
    /** Set while what is under way is a ping, which the peer does not see as a frame or a heart-beat. */
    private boolean pinging;
    /** When the newest write began, pings included. */
    private long writingSince;
    /** When the newest write began, or ended if none is under way; pings do not count. */
    private long lastWrite;
    /** Set once no more frames are taken: why the wire is closed when all is written. */
    private @Nullable CloseReason closing;

    private long closingSince;
    /** Set while the close is due to an overflow and waits for a last frame. */
    private boolean overflowed;

    private boolean closed;

    /**
     * @param wire     where frames go; used by this Outbox alone
     * @param limits   how much may wait, and for how long
     * @param nanoTime the clock, such as {@code System::nanoTime}
     */
    public Outbox(Wire wire, OutboxLimits limits, LongSupplier nanoTime) {
        this.wire = wire;
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.lastWrite = nanoTime.getAsLong();
    }

    /** How much may wait, and for how long. */
    public OutboxLimits limits() {
        return limits;
    }

    /** Sets what is called, once, when more waits than the limits allow; it may call any method of this Outbox. */
    public void onOverflow(Runnable action) {
        onOverflow = action;
    }

    /**
     * Sets what is called, once, when a write failed or took too long, or the wire is not open any more, before the wire is closed for
     * that; it must not block.
     */
    public void onLost(Runnable action) {
        onLost.set(action);
    }

    /**
     * Sets what each frame passes through before it is taken, on the thread that brings it. It must not block, and may return
     * another frame, or none: that one then counts as written, though nothing is.
     */
    public void onOffer(Function<Frame, Optional<Frame>> passage) {
        onOffer = passage;
    }

    /** Sets the version whose escapes are used from the next write on. */
    public void version(StompVersion newVersion) {
        version = newVersion;
    }

    /**
     * Adds a frame.
     *
     * @return whether it was taken; if not, the Outbox overflowed or is closing
     */
    public boolean offer(Frame frame) {
        return offer(frame, NOTHING);
    }

    /**
     * Adds a frame.
     *
     * @param whenWritten called once the frame was handed to the network, by any thread; not called if it never is. It
     *                    must not block.
     * @return whether it was taken; if not, the Outbox overflowed or is closing
     */
    public boolean offer(Frame frame, Runnable whenWritten) {
        var passage = onOffer;
        if (passage == null) {
            return take(frame, whenWritten);
        }
        Optional<Frame> passed = passage.apply(frame);
        if (passed.isEmpty()) {
            whenWritten.run();
            return true;
        }
        return take(passed.get(), whenWritten);
    }

    private boolean take(Frame frame, Runnable whenWritten) {
        Verdict verdict = admit(new Entry(frame, whenWritten));
        proceed(verdict);
        return verdict != Verdict.REFUSED && verdict != Verdict.OVERFLOW;
    }

    private void proceed(Verdict verdict) {
        switch (verdict) {
            case DRAIN -> drain(firstBatch);
            case GATHER -> {
                Gathering current = Gathering.current();
                if (current != null) {
                    current.add(this);
                }
            }
            case OVERFLOW -> onOverflow.run();
            case WAITS, REFUSED -> {
                // Whoever is writing goes on with it, or nobody does.
            }
        }
    }

    private Verdict admit(Entry entry) {
        lock.lock();
        try {
            if (closing != null) {
                return Verdict.REFUSED;
            }
            // What is gathered is not what a peer does not read.
            if (gathering == null && !waiting.hasRoomFor(entry, limits)) {
                beginOverflow();
                return Verdict.OVERFLOW;
            }
            return add(entry);
        } finally {
            lock.unlock();
        }
    }

    private Verdict add(Entry entry) {
        waiting.add(entry);
        Gathering current = Gathering.current();
        if (startWriting()) {
            if (current != null && !waiting.isMuch(limits)) {
                gathering = current;
                return Verdict.GATHER;
            }
        } else if (gathering == null || (gathering == current && !waiting.isMuch(limits))) {
            return Verdict.WAITS;
        }
        gathering = null;
        firstBatch = takeBatch();
        return Verdict.DRAIN;
    }

    /** The go of a thread has ended, and what has waited for that leaves, unless it has left before. */
    void release(Gathering ended) {
        stopGathering(ended);
    }

    /** Has what waits for the end of a thread's go leave at once. */
    public void flush() {
        stopGathering(null);
    }

    /** @param only whose; null for whosever */
    private void stopGathering(@Nullable Gathering only) {
        List<Entry> batch;
        boolean flushed;
        lock.lock();
        try {
            if (gathering == null || (only != null && gathering != only)) {
                return;
            }
            gathering = null;
            batch = takeBatch();
            flushed = isFlushed();
        } finally {
            lock.unlock();
        }
        if (flushed) {
            close();
        }
        drain(batch);
    }

    /** Returns whether the caller is to write, since nobody else does. */
    private boolean startWriting() {
        if (writing) {
            return false;
        }
        writing = true;
        lastWrite = nanoTime.getAsLong();
        // From here on, not from the end of the last write, the new one may take its time.
        writingSince = lastWrite;
        return true;
    }

    private void beginOverflow() {
        waiting.clear();
        beginClosing(CloseReason.POLICY);
        overflowed = true;
    }

    private void beginClosing(CloseReason reason) {
        closing = reason;
        closingSince = nanoTime.getAsLong();
    }

    /** Closes the wire after all that waits was written. Nothing more is taken. */
    public void closeAfterFlush(CloseReason reason) {
        boolean now;
        lock.lock();
        try {
            if (closing == null) {
                beginClosing(reason);
            }
            overflowed = false;
            now = !writing;
        } finally {
            lock.unlock();
        }
        if (now) {
            close();
        }
    }

    /**
     * Sends a last frame, even if the Outbox overflowed, and closes the wire after it. Without effect if a close is under way
     * for another reason than overflow.
     */
    public void closeWith(Frame last, CloseReason reason) {
        var passage = onOffer;
        Optional<Frame> passed = passage == null ? Optional.of(last) : passage.apply(last);
        if (passed.isPresent()) {
            takeLast(passed.get(), reason);
        } else {
            closeAfterFlush(reason);
        }
    }

    private void takeLast(Frame last, CloseReason reason) {
        Verdict verdict;
        lock.lock();
        try {
            if (closed || (closing != null && !overflowed)) {
                return;
            }
            overflowed = false;
            beginClosing(reason);
            verdict = add(new Entry(last, NOTHING));
        } finally {
            lock.unlock();
        }
        proceed(verdict);
    }

    /**
     * Keeps time; called every now and then by one thread. What waits for the end of a long go waits no longer.
     *
     * @param beatNanos write a heart-beat if nothing was written for this long; 0 for never
     */
    public void tick(long beatNanos) {
        probe();
        flush();
        boolean overdue;
        boolean beat;
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            long most = limits.writeTime().toNanos();
            overdue = (writing && now - writingSince > most) || (closing != null && now - closingSince > most);
            boolean due = beatNanos > 0 && now - lastWrite >= beatNanos;
            beat = due && !overdue && closing == null && startWriting();
        } finally {
            lock.unlock();
        }
        if (overdue) {
            lose();
        } else if (beat && write(List.of())) {
            drain();
        }
    }

    /** Asks the peer for a sign of life. While a write is under way nothing is asked: then that one's time is the limit. */
    public void ping() {
        lock.lock();
        try {
            if (writing || closing != null) {
                return;
            }
            writing = true;
            pinging = true;
            writingSince = nanoTime.getAsLong();
        } finally {
            lock.unlock();
        }
        if (begin(wire::ping, List.of())) {
            drain();
        }
    }

    /** Whether {@link #ping} asks anything: see {@link Wire#canPing}. */
    public boolean canPing() {
        return wire.canPing();
    }

    /** Whether the wire was closed. */
    public boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Looks whether the wire is open, which it may know before it tells. */
    public void probe() {
        if (!wire.isOpen()) {
            lose();
        }
    }

    /** Treats more that somebody keeps for this Outbox as more that waits in it: as an overflow. */
    public void overflow() {
        boolean first;
        lock.lock();
        try {
            first = closing == null;
            if (first) {
                beginOverflow();
            }
        } finally {
            lock.unlock();
        }
        if (first) {
            onOverflow.run();
        }
    }

    /** Takes nothing more and forgets what waits, for a connection that is gone. */
    public void abandon() {
        lock.lock();
        try {
            waiting.clear();
            if (closing == null) {
                beginClosing(CloseReason.POLICY);
            }
            overflowed = false;
        } finally {
            lock.unlock();
        }
        close();
    }

    /** The wire takes nothing any more. */
    private void lose() {
        onLost.getAndSet(NOTHING).run();
        abandon();
    }

    private void close() {
        CloseReason reason;
        lock.lock();
        try {
            if (closed || closing == null) {
                return;
            }
            closed = true;
            reason = closing;
        } finally {
            lock.unlock();
        }
        wire.close(reason);
    }

    /** Writes until nothing waits, as long as writes complete at once; else the completion goes on. */
    private void drain() {
        drain(nextBatch());
    }

    private void drain(List<Entry> first) {
        List<Entry> batch = first;
        while (!batch.isEmpty() && write(batch)) {
            batch = nextBatch();
        }
    }

    private List<Entry> nextBatch() {
        List<Entry> batch;
        boolean flushed;
        lock.lock();
        try {
            batch = takeBatch();
            flushed = isFlushed();
        } finally {
            lock.unlock();
        }
        if (flushed) {
            close();
        }
        return batch;
    }

    /** What is written next, if anything; under the lock. */
    private List<Entry> takeBatch() {
        List<Entry> batch = waiting.takeBatch();
        writing = !batch.isEmpty();
        writingSince = nanoTime.getAsLong();
        if (writing || !pinging) {
            lastWrite = writingSince;
        }
        pinging = false;
        return batch;
    }

    private boolean isFlushed() {
        return !writing && closing != null && !overflowed;
    }

    /** Returns whether the write has completed already and well, so that the caller is to go on. */
    private boolean write(List<Entry> batch) {
        List<Frame> frames = Backlog.frames(batch);
        return begin(done -> wire.write(frames, version, done), batch);
    }

    /** Does with the wire what is to be done, for a batch of frames or none; returns as {@link #write}. */
    private boolean begin(Consumer<Consumer<Optional<Throwable>>> action, List<Entry> batch) {
        // True once either the completion or the return of the call has happened; the second of the two goes on.
        var oneHappened = new AtomicBoolean();
        try {
            action.accept(failure -> {
                if (failure.isPresent()) {
                    lose();
                    return;
                }
                batch.forEach(entry -> entry.whenWritten().run());
                if (oneHappened.getAndSet(true)) {
                    drain();
                }
            });
        } catch (RuntimeException | Error e) {
            // A bug, but that of one connection: whoever sends to many must reach the others.
            LOG.log(Level.ERROR, "A write failed against its contract.", e);
            lose();
            return false;
        }
        return oneHappened.getAndSet(true);
    }
}
