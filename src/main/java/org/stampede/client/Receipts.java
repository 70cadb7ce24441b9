package org.stampede.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The frames of one connection whose outcome is awaited. Thread-safe; stages complete outside the lock. */
final class Receipts {

    private record Awaited(CompletableFuture<Void> outcome, long since) {}

    private final Duration time;
    private final int limit;

    // Guarded by this.
    private final Map<String, Awaited> awaited = new HashMap<>();
    private Optional<ConnectionLostException> end = Optional.empty();

    /**
     * @param time  after which an outcome is given up
     * @param limit how many may be awaited
     */
    Receipts(Duration time, int limit) {
        this.time = time;
        this.limit = limit;
    }

    /** Whether as many are awaited as may be. */
    synchronized boolean isFull() {
        return awaited.size() >= limit;
    }

    /** Awaits an outcome under an id of the caller's choice. */
    synchronized CompletableFuture<Void> await(String id, long now) {
        if (end.isPresent()) {
            return CompletableFuture.failedFuture(end.get());
        }
        var outcome = new CompletableFuture<Void>();
        awaited.put(id, new Awaited(outcome, now));
        return outcome;
    }

    void arrived(String id) {
        remove(id).ifPresent(outcome -> outcome.complete(null));
    }

    void fail(String id, StompClientException failure) {
        remove(id).ifPresent(outcome -> outcome.completeExceptionally(failure));
    }

    /** Gives up what has waited too long. */
    void tick(long now) {
        for (var outcome : overdue(now)) {
            outcome.completeExceptionally(new ReceiptTimeoutException(time));
        }
    }

    /** Fails all, those that are still to come included. */
    void end(ConnectionLostException cause) {
        List<Awaited> left;
        synchronized (this) {
            end = Optional.of(cause);
            left = List.copyOf(awaited.values());
            awaited.clear();
        }
        left.forEach(one -> one.outcome().completeExceptionally(cause));
    }

    private synchronized Optional<CompletableFuture<Void>> remove(String id) {
        return Optional.ofNullable(awaited.remove(id)).map(Awaited::outcome);
    }

    private synchronized List<CompletableFuture<Void>> overdue(long now) {
        var overdue = new ArrayList<CompletableFuture<Void>>();
        awaited.values().removeIf(one -> {
            boolean late = now - one.since() > time.toNanos();
            if (late) {
                overdue.add(one.outcome());
            }
            return late;
        });
        return overdue;
    }
}
