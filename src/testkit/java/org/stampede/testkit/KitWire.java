package org.stampede.testkit;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.stampede.stomp.Frame;
import org.stampede.stomp.StompVersion;
import org.stampede.transport.CloseReason;
import org.stampede.transport.Wire;

/** Keeps what a client is sent until the test asks for it. Thread-safe. */
final class KitWire implements Wire {

    // Guarded by this.
    private final ArrayDeque<Frame> unseen = new ArrayDeque<>();
    /** Null while the wire is open. */
    private @Nullable CloseReason closed;

    @Override
    public void write(List<Frame> frames, StompVersion version, Consumer<Optional<Throwable>> done) {
        synchronized (this) {
            unseen.addAll(frames);
        }
        done.accept(Optional.empty());
    }

    @Override
    public synchronized void close(CloseReason reason) {
        if (closed == null) {
            closed = reason;
        }
    }

    /** Takes the next frame that the test has not seen yet. */
    synchronized Optional<Frame> poll() {
        return Optional.ofNullable(unseen.poll());
    }

    synchronized Optional<CloseReason> closed() {
        return Optional.ofNullable(closed);
    }
}
