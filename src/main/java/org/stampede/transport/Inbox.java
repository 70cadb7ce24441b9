package org.stampede.transport;

import java.util.ArrayDeque;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tasks of one session one at a time and in order, on threads of an executor. Whatever touches the session's state
 * is such a task, so that the session needs no locks.
 *
 * <p>Thread-safe. A task that throws is the fault of whoever wrote it: the exception goes to the handler given here, and the
 * next task runs.
 */
public final class Inbox implements Executor {

    /** So many tasks run in one go, then other sessions have their turn on the thread. */
    private static final int TASKS_IN_ONE_GO = 64;

    /** Nor has a go that somebody waits for another task after so long. */
    private static final long LONG_NANOS = 5_000_000;
    /** What comes sooner after the last is one of many. */
    private static final long BURST_NANOS = 1_000_000;

    /** @param fromPeer whether it came from the peer, and not from the server itself */
    private record Task(Runnable action, long octets, boolean fromPeer) {}

    private final Executor executor;
    private final InboxLimits limits;
    private final LongSupplier nanoTime;
    private final Consumer<RuntimeException> onFailure;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();

    // Guarded by lock.
    private final ArrayDeque<Task> tasks = new ArrayDeque<>();
    private long waitingOctets;
    private boolean running;
    private boolean closed;
    /** When a task last came that its bringer might run. */
    private long lastCame;
    /** How many stages are to complete before something runs that came from the peer. */
    private int holds;

    /** Null if nobody waits to be told. */
    private @Nullable Runnable onRoom;

    /**
     * Where goes are as long as they are.
     *
     * @param executor  where tasks run
     * @param limits    how much may wait before {@link #put} does
     * @param onFailure given what a task throws
     */
    public Inbox(Executor executor, InboxLimits limits, Consumer<RuntimeException> onFailure) {
        this(executor, limits, () -> 0, onFailure);
    }

    /**
     * Where peers do not wait long for what a go says.
     *
     * @param executor  where tasks run
     * @param limits    how much may wait before {@link #put} does
     * @param nanoTime  the clock, such as {@code System::nanoTime}
     * @param onFailure given what a task throws
     */
    public Inbox(Executor executor, InboxLimits limits, LongSupplier nanoTime, Consumer<RuntimeException> onFailure) {
        this.executor = executor;
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.lastCame = nanoTime.getAsLong() - BURST_NANOS;
        this.onFailure = onFailure;
    }

    /**
     * Adds a task that came from the peer, and waits while the Inbox is full, so that no more is read from that peer. After
     * {@link #close} the task is passed over.
     *
     * @param octets about how much memory the task holds
     * @throws InterruptedException if interrupted while waiting
     */
    public void put(Runnable task, long octets) throws InterruptedException {
        boolean start;
        lock.lockInterruptibly();
        try {
            while (hasNoRoom(octets)) {
                room.await();
            }
            start = add(new Task(task, octets, true));
        } finally {
            lock.unlock();
        }
        if (start) {
            schedule();
        }
    }

    /**
     * Adds a task that came from the peer, without waiting, whether there is room or not. After {@link #close} the task is passed over.
     *
     * @param octets about how much memory the task holds
     * @return whether there is room for more; if not, no more should be read until {@link #whenRoom}
     */
    public boolean add(Runnable task, long octets) {
        return add(new Task(task, octets, true), 0);
    }

    /**
     * Runs a task that came from the peer at once, on the thread of the caller, if nothing else is to be done before it: for one that
     * neither blocks nor takes its time. Not if the peer says one thing after another: so what they say to others leaves together.
     *
     * @return whether it was run; if not, it is still to be added
     */
    public boolean tryRun(Runnable task) {
        long now = nanoTime.getAsLong();
        lock.lock();
        try {
            boolean burst = now - lastCame < BURST_NANOS;
            lastCame = now;
            if (burst || running || closed || holds > 0 || !tasks.isEmpty()) {
                return false;
            }
            running = true;
        } finally {
            lock.unlock();
        }
        try {
            Gathering.during(() -> {
                runOne(task);
                return true;
            });
        } finally {
            goOn();
        }
        return true;
    }

    /** What came meanwhile is for another thread. */
    private void goOn() {
        boolean more;
        lock.lock();
        try {
            more = !tasks.isEmpty();
            running = more;
        } finally {
            lock.unlock();
        }
        if (more) {
            schedule();
        }
    }

    private boolean add(Task task, long octets) {
        boolean start;
        boolean isRoom;
        lock.lock();
        try {
            start = add(task);
            isRoom = !hasNoRoom(octets);
        } finally {
            lock.unlock();
        }
        if (start) {
            schedule();
        }
        return isRoom;
    }

    /** Runs an action once, when half of the room is free again: now, or on the thread that makes it. There is one at a time. */
    public void whenRoom(Runnable action) {
        lock.lock();
        try {
            onRoom = action;
        } finally {
            lock.unlock();
        }
        tellOfRoom();
    }

    private void tellOfRoom() {
        Runnable action;
        lock.lock();
        try {
            action = onRoom;
            if (action == null || !isHalfEmpty()) {
                return;
            }
            onRoom = null;
        } finally {
            lock.unlock();
        }
        action.run();
    }

    private boolean hasNoRoom(long octets) {
        boolean tooMuch = !tasks.isEmpty() && waitingOctets + octets > limits.octets();
        return !closed && (tasks.size() >= limits.batches() || tooMuch);
    }

    private boolean isHalfEmpty() {
        return closed || (tasks.size() <= limits.batches() / 2 && waitingOctets <= limits.octets() / 2);
    }

    /** Adds a task of the server's own, without ever waiting. After {@link #close} the task is passed over. */
    @Override
    public void execute(Runnable task) {
        add(new Task(task, 0, false), 0);
    }

    /**
     * Runs nothing that came from the peer until a stage completes, whatever it completes with; what is the server's own goes on. So the
     * Inbox fills, and the peer is slowed down. May be called more than once.
     */
    public void hold(CompletionStage<?> until) {
        if (until.toCompletableFuture().isDone()) {
            return;
        }
        lock.lock();
        try {
            holds++;
        } finally {
            lock.unlock();
        }
        until.whenComplete((done, failure) -> release());
    }

    private void release() {
        boolean start;
        lock.lock();
        try {
            holds--;
            start = !running && !tasks.isEmpty();
            running |= start;
        } finally {
            lock.unlock();
        }
        if (start) {
            schedule();
        }
    }

    /** Adds a last task; what waits before it still runs, what comes after it does not. Later calls have no effect. */
    public void close(Runnable last) {
        boolean start;
        lock.lock();
        try {
            start = add(new Task(last, 0, false));
            closed = true;
            room.signalAll();
        } finally {
            lock.unlock();
        }
        tellOfRoom();
        if (start) {
            schedule();
        }
    }

    /** Returns whether the tasks must be scheduled. */
    private boolean add(Task task) {
        if (closed) {
            return false;
        }
        tasks.add(task);
        waitingOctets += task.octets();
        boolean start = !running;
        running = true;
        return start;
    }

    private void schedule() {
        try {
            executor.execute(this::run);
        } catch (RejectedExecutionException | IllegalStateException e) {
            // The executor is shut down, or the application that owns it (managed executors then say IllegalState): run
            // what is left here, so that nothing stays open.
            while (runSome()) {
                continue;
            }
        }
    }

    private void run() {
        boolean more = true;
        try {
            more = runSome();
        } finally {
            if (more) {
                schedule();
            }
        }
    }

    /** Returns whether more may wait. */
    private boolean runSome() {
        return Gathering.during(this::runSomeTogether);
    }

    private boolean runSomeTogether() {
        long begun = nanoTime.getAsLong();
        for (int i = 0; i < TASKS_IN_ONE_GO && !isLong(begun); i++) {
            Runnable task = next();
            if (task == null) {
                return false;
            }
            tellOfRoom();
            runOne(task);
        }
        return true;
    }

    private boolean isLong(long begun) {
        return Gathering.isWaitedFor() && nanoTime.getAsLong() - begun > LONG_NANOS;
    }

    private void runOne(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            onFailure.accept(e);
        } catch (Error e) {
            onFailure.accept(new IllegalStateException("A task of a session failed.", e));
        }
    }

    private @Nullable Task pollOwn() {
        for (Task task : tasks) {
            if (!task.fromPeer()) {
                tasks.remove(task);
                return task;
            }
        }
        return null;
    }

    private @Nullable Runnable next() {
        lock.lock();
        try {
            Task task = holds > 0 && !closed ? pollOwn() : tasks.poll();
            running = task != null;
            if (task == null) {
                return null;
            }
            waitingOctets -= task.octets();
            room.signal();
            return task.action();
        } finally {
            lock.unlock();
        }
    }
}
