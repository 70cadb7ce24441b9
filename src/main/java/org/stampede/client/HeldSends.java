package org.stampede.client;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.stampede.stomp.Frame;

/** The SENDs of a time without connection, in order. Not thread-safe: guarded by the lock of its {@link Lifeline}. */
final class HeldSends {

    /**
     * A frame that waits for a connection.
     *
     * @param how     it is to be sent
     * @param outcome of sending it
     */
    record Held(
            Frame frame,
            BiFunction<ClientConnection, Frame, CompletableFuture<Void>> how,
            CompletableFuture<Void> outcome) {

        void sendOn(ClientConnection connection) {
            how.apply(connection, frame).whenComplete((done, failure) -> {
                if (failure == null) {
                    outcome.complete(null);
                } else {
                    outcome.completeExceptionally(failure);
                }
            });
        }
    }

    private final int limit;
    private final ArrayDeque<Held> held = new ArrayDeque<>();

    HeldSends(int limit) {
        this.limit = limit;
    }

    /** Holds a frame; its outcome, or empty if this session holds none at all. */
    Optional<CompletableFuture<Void>> hold(
            Frame frame, BiFunction<ClientConnection, Frame, CompletableFuture<Void>> how) {
        if (limit == 0) {
            return Optional.empty();
        }
        if (held.size() >= limit) {
            return Optional.of(CompletableFuture.failedFuture(
                    new QueueFullException("frames that wait for a connection", limit, "holdWhileReconnecting")));
        }
        var one = new Held(frame, how, new CompletableFuture<>());
        held.add(one);
        return Optional.of(one.outcome());
    }

    Optional<Held> take() {
        return Optional.ofNullable(held.poll());
    }

    void drainTo(Collection<Held> target) {
        target.addAll(held);
        held.clear();
    }
}
