package org.stampede.broker.embedded;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets threads pass until it is shut, and tells when the last of those that had passed has left: so that the RECEIPT of an
 * UNSUBSCRIBE is never followed by a MESSAGE which another thread was just about to send (STOMP 1.2, section UNSUBSCRIBE).
 * Thread-safe; nobody waits.
 */
final class Gate {

    /** Set in the count once the gate is shut: it is negative from then on. */
    private static final int SHUT = Integer.MIN_VALUE;

    /** How many are inside. */
    private final AtomicInteger inside = new AtomicInteger();

    private final CompletableFuture<Void> left = new CompletableFuture<>();

    /** Returns whether the caller may pass; it must then {@link #leave}. */
    boolean enter() {
        if (inside.getAndIncrement() >= 0) {
            return true;
        }
        leave();
        return false;
    }

    void leave() {
        if (inside.decrementAndGet() == SHUT) {
            left.complete(null);
        }
    }

    boolean isShut() {
        return inside.get() < 0;
    }

    /**
     * Lets nobody pass any more.
     *
     * @return completed when all who had passed have left
     */
    CompletionStage<Void> shut() {
        int before = inside.getAndUpdate(count -> count | SHUT);
        if (before == 0) {
            left.complete(null);
        }
        return left;
    }
}
