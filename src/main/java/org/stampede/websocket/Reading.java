package org.stampede.websocket;

import jakarta.websocket.Session;

/** The container's reading from one connection, where it has to be stopped while a piece of a message waits. Thread-safe. */
interface Reading {

    /** Of a container that reads no more anyway until the method for a message has returned. */
    Reading WAITS = new Reading() {

        @Override
        public void pause() {
            // Nothing to do.
        }

        @Override
        public void resume() {
            // Nothing to do.
        }
    };

    /** The reading of a session. */
    static Reading of(Session session) {
        return UndertowReading.of(session).orElse(WAITS);
    }

    /** Takes no more off the network, until {@link #resume}. */
    void pause();

    /** Goes on reading. */
    void resume();
}
