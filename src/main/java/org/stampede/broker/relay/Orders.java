package org.stampede.broker.relay;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.stampede.broker.embedded.Line;

/**
 * What is to be said on connections, in the order in which that was decided: who decides under a lock adds it there, and has it said
 * after that. Thread-safe.
 */
final class Orders {

    private final Line<Runnable> line = new Line<>(order -> 0, Integer.MAX_VALUE, Long.MAX_VALUE);

    Orders() {
        line.open();
    }

    /** Adds what is to be said on a connection, if there is one. */
    void add(@Nullable Upstream on, Consumer<Upstream> saying) {
        if (on != null) {
            line.add(() -> saying.accept(on));
        }
    }

    /** Says what was decided on, unless another thread is at it; called under no lock. */
    void say() {
        line.drain(Runnable::run);
    }
}
