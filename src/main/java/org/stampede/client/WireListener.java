package org.stampede.client;

import org.stampede.stomp.FrameBatch;

/** Is told what comes from the server over one connection, one call at a time. */
interface WireListener {

    /** What one read yielded; the next read must be asked for. */
    void received(FrameBatch batch);

    /** The connection is gone. */
    void ended(ConnectionLostException cause);
}
