package org.stampede.transport;

/** The reading from one peer, where it can be stopped from outside. Thread-safe. */
public interface Reading {

    /** Takes no more off the network, until {@link #resume}; a little that has been read before may still come. */
    void pause();

    /** Goes on reading. */
    void resume();
}
