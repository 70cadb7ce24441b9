package org.stampede.transport;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.stampede.stomp.Frame;
import org.stampede.stomp.StompVersion;

/**
 * One direction of a connection, as its {@link Outbox} uses it: moves frames to the peer and knows no meaning.
 * Implementations need not be thread-safe for {@link #write}: one write is under way at a time.
 */
public interface Wire {

    /**
     * Writes frames without blocking. Never throws: what goes wrong goes to {@code done}.
     *
     * @param frames  the frames, in order; none for a bare end-of-line, the heart-beat
     * @param version the version whose escapes are used
     * @param done    called once, by any thread and perhaps before this method returns: empty when the frames were handed to the
     *                network, else what went wrong, after which nothing can be written any more
     */
    void write(List<Frame> frames, StompVersion version, Consumer<Optional<Throwable>> done);

    /**
     * Asks the peer for a sign of life, which costs it nothing and comes by itself. Otherwise as {@link #write}, and never while
     * one is under way. A wire that cannot ask does nothing, and says so by {@link #canPing}.
     */
    default void ping(Consumer<Optional<Throwable>> done) {
        done.accept(Optional.empty());
    }

    /** Whether {@link #ping} asks: then who does not answer is gone. */
    default boolean canPing() {
        return false;
    }

    /** Whether the connection is there as far as the network knows: it may know before it tells. Thread-safe. */
    default boolean isOpen() {
        return true;
    }

    /** Closes the connection; does not block. Thread-safe; later calls have no effect. */
    void close(CloseReason reason);
}
