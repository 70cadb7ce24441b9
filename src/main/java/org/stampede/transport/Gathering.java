package org.stampede.transport;

import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one thread says to many Outboxes in one go of an {@link Inbox}: frames wait there for the end of the go, so that those for
 * the same peer leave in one message, even if the container's writes are over as soon as they are called. They leave earlier when
 * they are much, when another thread says something to the same peer, and at the next tick. Application code is run outside of it,
 * since it may take its time. Confined to one thread, but for the static methods.
 */
public final class Gathering {

    private static final ThreadLocal<@Nullable Gathering> CURRENT = new ThreadLocal<>();

    private final ArrayDeque<Outbox> outboxes = new ArrayDeque<>();

    private Gathering() {}

    /** That of this thread, null if it has none. */
    static @Nullable Gathering current() {
        return CURRENT.get();
    }

    /** Runs an action; what it says leaves at its end, or earlier if that is much. */
    static boolean during(BooleanSupplier action) {
        if (current() != null) {
            return action.getAsBoolean();
        }
        var gathering = new Gathering();
        CURRENT.set(gathering);
        try {
            return action.getAsBoolean();
        } finally {
            CURRENT.remove();
            gathering.release();
        }
    }

    /** Runs an action for which nothing waits: neither what was said before nor what it says itself. */
    public static <T> T without(Supplier<T> action) {
        var gathering = current();
        if (gathering == null) {
            return action.get();
        }
        CURRENT.remove();
        try {
            gathering.release();
            return action.get();
        } finally {
            CURRENT.set(gathering);
        }
    }

    /** Whether anything waits for the end of this thread's go. */
    static boolean isWaitedFor() {
        var gathering = current();
        return gathering != null && !gathering.outboxes.isEmpty();
    }

    /** An Outbox waits for the end. */
    void add(Outbox outbox) {
        outboxes.add(outbox);
    }

    private void release() {
        for (Outbox outbox = outboxes.poll(); outbox != null; outbox = outboxes.poll()) {
            outbox.release(this);
        }
    }
}
