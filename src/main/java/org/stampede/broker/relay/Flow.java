package org.stampede.broker.relay;

import org.jspecify.annotations.Nullable;

/**
 * Slows the broker down when a client is slow: nothing is read for a session while too much is on its way to it. Thread-safe.
 */
final class Flow {

    private final int mostFrames;
    private final long mostOctets;

    // Guarded by this.
    private int frames;
    private long octets;
    private boolean paused;
    /** Null while there is no connection. */
    private @Nullable Upstream upstream;

    Flow(int mostFrames, long mostOctets) {
        this.mostFrames = mostFrames;
        this.mostOctets = mostOctets;
    }

    /** There is another connection, or none; what is on its way still counts. */
    synchronized void on(@Nullable Upstream fresh) {
        upstream = fresh;
        paused = false;
        pauseIfFull();
    }

    /** A message is on its way. */
    synchronized void began(int weight) {
        frames++;
        octets += weight;
        pauseIfFull();
    }

    private void pauseIfFull() {
        if (!paused && upstream != null && (frames >= mostFrames || octets >= mostOctets)) {
            paused = true;
            upstream.pause();
        }
    }

    /** A message was handed to the client's network, or was dropped. */
    synchronized void ended(int weight) {
        frames--;
        octets -= weight;
        if (paused && upstream != null && frames <= mostFrames / 2 && octets <= mostOctets / 2) {
            paused = false;
            upstream.resume();
        }
    }
}
