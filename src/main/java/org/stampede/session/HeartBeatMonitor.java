package org.stampede.session;

import java.util.concurrent.TimeUnit;
import org.stampede.stomp.HeartBeat;

/**
 * Keeps the heart-beats of a connection (STOMP 1.2, section Heart-beating). Any data of the peer counts as life. Thread-safe.
 */
final class HeartBeatMonitor {

    private final SessionSettings settings;
    private volatile long lastHeard;
    /** Set while we do not listen, so that a silence says nothing of the peer. */
    private volatile boolean deaf;
    /** How often to send, in nanoseconds; 0 for never. */
    private volatile long sendInterval;
    /** After how long a silence the peer is dead, in nanoseconds; 0 for never. */
    private volatile long deadline;

    HeartBeatMonitor(SessionSettings settings, long now) {
        this.settings = settings;
        this.lastHeard = now;
    }

    void negotiated(HeartBeat peer) {
        sendInterval = TimeUnit.MILLISECONDS.toNanos(settings.heartBeat().sendInterval(peer));
        long receive = TimeUnit.MILLISECONDS.toNanos(settings.heartBeat().receiveInterval(peer));
        deadline = receive == 0
                ? 0
                : Math.max(
                        receive * settings.readMargin(),
                        settings.readMarginAtLeast().toNanos());
    }

    void peerSpoke(long now) {
        lastHeard = now;
    }

    /** Nothing is read from now on, because the session is behind. */
    void stopListening() {
        deaf = true;
    }

    void listenAgain(long now) {
        lastHeard = now;
        deaf = false;
    }

    boolean peerIsDead(long now) {
        long limit = deadline;
        // In this order: who listens again has heard the peer before.
        return limit > 0 && !deaf && now - lastHeard > limit;
    }

    /** After how long a silence of ours a heart-beat is due, in nanoseconds; 0 for never. */
    long sendInterval() {
        return sendInterval;
    }
}
