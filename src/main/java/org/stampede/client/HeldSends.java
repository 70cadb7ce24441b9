package org.stampede.client;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The SENDs of a time without connection, in order. Not thread-safe: guarded by the lock of its {@link Lifeline}. */
final class HeldSends {

    /**
     * A frame that waits for a connection.
     *
     * @param sending sends it
     * @param outcome of sending it
     */
    record Held<T>(Function<ClientConnection, CompletableFuture<T>> sending, CompletableFuture<T> outcome) {

        void sendOn(ClientConnection connection) {
            sending.apply(connection).whenComplete((value, failure) -> {
                if (failure == null) {
                    outcome.complete(value);
                } else {
                    outcome.completeExceptionally(failure);
                }
            });
        }
    }

    private final int limit;
    private final ArrayDeque<Held<?>> held = new ArrayDeque<>();

    HeldSends(int limit) {
        this.limit = limit;
    }

    /** Holds a frame; its outcome, or empty if this session holds none at all. */
    <T> Optional<CompletableFuture<T>> hold(Function<ClientConnection, CompletableFuture<T>> sending) {
        if (limit == 0) {
            return Optional.empty();
        }
        if (held.size() >= limit) {
            return Optional.of(CompletableFuture.failedFuture(
                    new QueueFullException("frames that wait for a connection", limit, "holdWhileReconnecting")));
        }
        var one = new Held<>(sending, new CompletableFuture<T>());
        held.add(one);
        return Optional.of(one.outcome());
    }

    Optional<Held<?>> take() {
        return Optional.ofNullable(held.poll());
    }

    void drainTo(Collection<Held<?>> target) {
        target.addAll(held);
        held.clear();
    }
}
