package org.stampede.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the tasks of sessions run: threads of the server that keep the context of the application. A managed executor would capture the
 * context of whoever brings a task, with each task anew, which on Payara costs more than most tasks do. A task waits only if as many
 * threads as there may be are at work; idle ones end, all but one. Thread-safe.
 */
final class SessionThreads extends ThreadPoolExecutor {

    private static final int IDLE_SECONDS = 10;

    private static final Logger LOG = System.getLogger(SessionThreads.class.getName());

    private final BooleanSupplier leftovers;

    /**
     * @param factory   makes threads that have the context of the application
     * @param most      how many there may be
     * @param leftovers called by a thread after each task, since the next one is somebody else's: ends what was begun and left, and
     *                  tells whether that was anything
     */
    SessionThreads(ThreadFactory factory, int most, BooleanSupplier leftovers) {
        super(1, most, IDLE_SECONDS, TimeUnit.SECONDS, new Waiting(), factory, SessionThreads::keep);
        this.leftovers = leftovers;
    }

    /** Takes a task at first only if a thread waits for one: else another thread is made, as long as there may be more. */
    private static final class Waiting extends LinkedTransferQueue<Runnable> {

        private static final long serialVersionUID = 1;

        @Override
        public boolean offer(Runnable task) {
            return tryTransfer(task);
        }
    }

    /** There may be no more threads, or the application has ended. */
    private static void keep(Runnable task, ThreadPoolExecutor threads) {
        if (threads.isShutdown()) {
            throw new RejectedExecutionException("The application has ended.");
        }
        threads.getQueue().add(task);
    }

    @Override
    protected void afterExecute(Runnable task, @Nullable Throwable failure) {
        if (leftovers.getAsBoolean()) {
            LOG.log(Level.WARNING, "The application left a transaction open; it was rolled back.");
        }
    }
}
