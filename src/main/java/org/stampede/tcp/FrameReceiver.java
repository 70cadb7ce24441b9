package org.stampede.tcp;

import java.util.Optional;
import org.stampede.stomp.FrameBatch;

/** Is told what comes from the peer over one connection, one call at a time, on a thread that must not be blocked. */
public interface FrameReceiver {

    /**
     * What one read yielded. After a fault no more frames come.
     *
     * @param octets how many were read
     */
    void received(FrameBatch batch, long octets);

    /** Whether a fault is answered: if so the connection is left open until the {@link TcpWire} is closed, else it ends at once. */
    default boolean answersFaults() {
        return false;
    }

    /**
     * The connection is gone. Called once, and last.
     *
     * @param cause why, if it was no orderly end
     */
    void ended(Optional<Throwable> cause);
}
