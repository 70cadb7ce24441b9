package org.stampede.client;

import org.stampede.transport.Wire;

/** A connection to a server: a WebSocket, a socket, or a recorder in tests. Thread-safe as {@link Wire} demands. */
interface ClientWire extends Wire {

    /** Asks for one more read; its yield goes to the {@link WireListener}. Thread-safe. */
    void read();
}
