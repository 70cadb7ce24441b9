package org.stampede.client;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import org.stampede.stomp.HeartBeat;

/** What two ends agreed on as to heart-beats, in nanoseconds (STOMP 1.2, section Heart-beating). Thread-safe. */
final class HeartBeatWatch {

    /** So many intervals of silence mean that the server is dead. */
    private static final int MARGIN = 2;
    /** We are early by this much, since a tick may come late. */
    private static final long EARLY = MILLISECONDS.toNanos(250);

    private final HeartBeat ours;
    private volatile long lastHeard;
    private volatile long beat;
    private volatile long silence;

    HeartBeatWatch(HeartBeat ours, long now) {
        this.ours = ours;
        this.lastHeard = now;
    }

    void negotiated(HeartBeat server) {
        long send = MILLISECONDS.toNanos(ours.sendInterval(server));
        beat = Math.max(send / 2, send - EARLY);
        silence = MARGIN * MILLISECONDS.toNanos(ours.receiveInterval(server));
    }

    void heard(long now) {
        lastHeard = now;
    }

    boolean isServerDead(long now) {
        return silence > 0 && now - lastHeard > silence;
    }

    /** After how long a silence of ours a heart-beat is due; 0 for never. */
    long beat() {
        return beat;
    }
}
