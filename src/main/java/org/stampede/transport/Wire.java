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

    /** Closes the connection; does not block. Thread-safe; later calls have no effect. */
    void close(CloseReason reason);
}
