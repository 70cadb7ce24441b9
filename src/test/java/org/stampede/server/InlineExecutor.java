package org.stampede.server;

import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.Trigger;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Both executors of a server: runs tasks on the thread that brings them, the periodic one and later ones when the test says so. */
final class InlineExecutor extends AbstractExecutorService implements ManagedScheduledExecutorService {

    private final Queue<Scheduled> later = new ArrayDeque<>();
    private Scheduled periodic = new Scheduled(() -> {});

    /** Runs the periodic task once. */
    void tick() {
        periodic.run();
    }

    /** Runs what was to be run later by now, and returns whether there was anything. */
    boolean runLater() {
        var due = List.copyOf(later);
        later.clear();
        due.forEach(Scheduled::run);
        return !due.isEmpty();
    }

    boolean isTicking() {
        return !periodic.isCancelled();
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long delay, long period, TimeUnit unit) {
        periodic = new Scheduled(task);
        return periodic;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        var once = new Scheduled(task);
        later.add(once);
        return once;
    }

    private static final class Scheduled extends CompletableFuture<Void> implements ScheduledFuture<Void> {

        private final Runnable task;

        Scheduled(Runnable task) {
            this.task = task;
        }

        void run() {
            task.run();
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return 0;
        }

        @Override
        public int compareTo(Delayed other) {
            return 0;
        }
    }

    // Nobody needs what follows.

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }

    private static UnsupportedOperationException unneeded() {
        return new UnsupportedOperationException("The server does not need this.");
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        throw unneeded();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
        throw unneeded();
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, Trigger trigger) {
        throw unneeded();
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, Trigger trigger) {
        throw unneeded();
    }

    @Override
    public <U> CompletableFuture<U> completedFuture(U value) {
        throw unneeded();
    }

    @Override
    public <U> CompletionStage<U> completedStage(U value) {
        throw unneeded();
    }

    @Override
    public <T> CompletableFuture<T> copy(CompletableFuture<T> stage) {
        throw unneeded();
    }

    @Override
    public <T> CompletionStage<T> copy(CompletionStage<T> stage) {
        throw unneeded();
    }

    @Override
    public <U> CompletableFuture<U> failedFuture(Throwable failure) {
        throw unneeded();
    }

    @Override
    public <U> CompletionStage<U> failedStage(Throwable failure) {
        throw unneeded();
    }

    @Override
    public ContextService getContextService() {
        throw unneeded();
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        throw unneeded();
    }

    @Override
    public CompletableFuture<Void> runAsync(Runnable task) {
        throw unneeded();
    }

    @Override
    public <U> CompletableFuture<U> supplyAsync(Supplier<U> task) {
        throw unneeded();
    }
}
