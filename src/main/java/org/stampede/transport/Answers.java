package org.stampede.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one connection to a server waits for: the outcomes of its frames, or the replies to its requests. Thread-safe; stages
 * complete outside the lock.
 *
 * @param <T> an answer
 */
public final class Answers<T> {

    private record Awaited<T>(CompletableFuture<T> answer, long since) {}

    private final Duration time;
    private final int limit;
    private final Function<Duration, ? extends RuntimeException> late;

    // Guarded by this.
    private final Map<String, Awaited<T>> awaited = new HashMap<>();
    private Optional<RuntimeException> end = Optional.empty();

    /**
     * @param time  after which an answer is given up
     * @param limit how many may be awaited, but for those that must be
     * @param late  makes the failure of what was given up
     */
    public Answers(Duration time, int limit, Function<Duration, ? extends RuntimeException> late) {
        this.time = time;
        this.limit = limit;
        this.late = late;
    }

    /** Awaits an answer as {@link #await} does; empty if as many are awaited as may be. */
    public synchronized Optional<CompletableFuture<T>> awaitIfRoom(String id, long now) {
        return awaited.size() >= limit ? Optional.empty() : Optional.of(await(id, now));
    }

    /** Awaits an answer under an id of the caller's choice, however many are awaited. */
    public synchronized CompletableFuture<T> await(String id, long now) {
        if (end.isPresent()) {
            return CompletableFuture.failedFuture(end.get());
        }
        var answer = new CompletableFuture<T>();
        awaited.put(id, new Awaited<>(answer, now));
        return answer;
    }

    /** An answer has come; without effect if it is not awaited. */
    public void arrived(String id, @Nullable T answer) {
        remove(id).ifPresent(awaiting -> awaiting.complete(answer));
    }

    /** There will be no answer. */
    public void fail(String id, Throwable failure) {
        remove(id).ifPresent(awaiting -> awaiting.completeExceptionally(failure));
    }

    /** Gives up what has waited too long. */
    public void tick(long now) {
        for (var answer : overdue(now)) {
            answer.completeExceptionally(late.apply(time));
        }
    }

    /** Fails all, those that are still to come included. */
    public void end(RuntimeException cause) {
        List<Awaited<T>> left;
        synchronized (this) {
            end = Optional.of(cause);
            left = List.copyOf(awaited.values());
            awaited.clear();
        }
        left.forEach(one -> one.answer().completeExceptionally(cause));
    }

    private synchronized Optional<CompletableFuture<T>> remove(String id) {
        return Optional.ofNullable(awaited.remove(id)).map(Awaited::answer);
    }

    private synchronized List<CompletableFuture<T>> overdue(long now) {
        var overdue = new ArrayList<CompletableFuture<T>>();
        awaited.values().removeIf(one -> {
            boolean over = now - one.since() > time.toNanos();
            if (over) {
                overdue.add(one.answer());
            }
            return over;
        });
        return overdue;
    }
}
