package org.stampede.transport;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import org.stampede.stomp.HeartBeat;

/** What the client's end of a connection agreed on as to heart-beats, in nanoseconds (STOMP 1.2, section Heart-beating). Thread-safe. */
public final class HeartBeatWatch {

    /** So many intervals of silence mean that the server is dead. */
    private static final int MARGIN = 2;
    /** We are early by this much, since a tick may come late. */
    private static final long EARLY = MILLISECONDS.toNanos(250);

    private final HeartBeat ours;
    private volatile long lastHeard;
    private volatile long beat;
    private volatile long silence;

    /**
     * @param ours what this end offers and asks for
     * @param now  nanoseconds
     */
    public HeartBeatWatch(HeartBeat ours, long now) {
        this.ours = ours;
        this.lastHeard = now;
    }

    /** The server has said what it offers and asks for. */
    public void negotiated(HeartBeat server) {
        long send = MILLISECONDS.toNanos(ours.sendInterval(server));
        beat = Math.max(send / 2, send - EARLY);
        silence = MARGIN * MILLISECONDS.toNanos(ours.receiveInterval(server));
    }

    /** Something has come. */
    public void heard(long now) {
        lastHeard = now;
    }

    /** Whether the server has been silent for too long. */
    public boolean isServerDead(long now) {
        return silence > 0 && now - lastHeard > silence;
    }

    /** After how long a silence of ours a heart-beat is due; 0 for never. */
    public long beat() {
        return beat;
    }
}
