package org.stampede.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;

/**
 * The time limit for the stages that handlers return. No thread waits with them: time is kept by whoever calls {@link #tick}.
 * Thread-safe.
 */
public final class ResultDeadline {

    private final Duration limit;
    private final Executor executor;
    private final LongSupplier nanoTime;
    private final Set<Wait> open = ConcurrentHashMap.newKeySet();

    /** What a message waits for. Not a record: each is equal to itself alone. */
    private static final class Wait {

        private final List<PendingResult> results;
        private final long since;
        private final CompletableFuture<Void> end = new CompletableFuture<>();

        Wait(List<PendingResult> results, long since) {
            this.results = results;
            this.since = since;
        }

        /** Gives up what has not come. If all has come meanwhile, that is the end. */
        void expire(Duration limit) {
            if (results.stream().filter(PendingResult::giveUp).count() > 0) {
                // One of several may have failed before: that tells more than the time.
                failed().whenComplete((nothing, failure) ->
                        end.completeExceptionally(failure == null ? new HandlerTimeoutException(limit) : failure));
            }
        }

        private CompletableFuture<Void> failed() {
            return results.stream()
                    .map(PendingResult::sent)
                    .filter(CompletableFuture::isCompletedExceptionally)
                    .findFirst()
                    .orElseGet(() -> CompletableFuture.completedFuture(null));
        }
    }

    /**
     * A time limit.
     *
     * @param limit    how long a handler's stages may take; zero for as long as they like
     * @param executor where senders and observers are told of what took too long
     * @param nanoTime the clock, such as {@code System::nanoTime}
     */
    public ResultDeadline(Duration limit, Executor executor, LongSupplier nanoTime) {
        this.limit = limit;
        this.executor = executor;
        this.nanoTime = nanoTime;
    }

    /** Completed when all results were sent; exceptionally if one failed, or, on the executor, if one did not come in time. */
    CompletableFuture<Void> of(List<PendingResult> results) {
        var all = CompletableFuture.allOf(
                results.stream().map(PendingResult::sent).toArray(CompletableFuture<?>[]::new));
        if (limit.isZero() || all.isDone()) {
            return all;
        }
        var wait = new Wait(results, nanoTime.getAsLong());
        open.add(wait);
        all.whenComplete((nothing, failure) -> {
            open.remove(wait);
            if (failure == null) {
                wait.end.complete(null);
            } else {
                wait.end.completeExceptionally(failure);
            }
        });
        return wait.end;
    }

    /** Lets time pass: to be called about once a second. */
    public void tick() {
        long now = nanoTime.getAsLong();
        open.removeIf(wait -> now - wait.since > limit.toNanos() && handOver(wait));
    }

    /** Observers of failures may take their time, which the ticker has not. */
    private boolean handOver(Wait wait) {
        try {
            executor.execute(() -> wait.expire(limit));
            return true;
        } catch (RejectedExecutionException | IllegalStateException e) {
            // The executor has too much to do, and is asked again; or it has ended, and so has the ticker.
            return false;
        }
    }

    /** How many messages wait for results. */
    int waiting() {
        return open.size();
    }
}
