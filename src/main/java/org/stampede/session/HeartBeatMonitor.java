package org.stampede.session;

import java.util.concurrent.TimeUnit;
import org.stampede.stomp.HeartBeat;

/**
 * Keeps the heart-beats of a connection (STOMP 1.2, section Heart-beating). Any data of the peer counts as life. Thread-safe.
 */
final class HeartBeatMonitor {

    private final SessionSettings settings;
    private volatile long lastHeard;
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

    boolean peerIsDead(long now) {
        long limit = deadline;
        return limit > 0 && now - lastHeard > limit;
    }

    /** After how long a silence of ours a heart-beat is due, in nanoseconds; 0 for never. */
    long sendInterval() {
        return sendInterval;
    }
}
