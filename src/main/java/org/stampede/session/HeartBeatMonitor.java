package org.stampede.session;

import java.util.concurrent.TimeUnit;
import org.stampede.stomp.HeartBeat;

/**
 * Keeps the heart-beats of a connection (STOMP 1.2, section Heart-beating). Any data of the peer counts as life. A peer that
 * sends no heart-beats is asked for a sign of life instead, where it can be. Thread-safe.
 */
final class HeartBeatMonitor {

    private final SessionSettings settings;
    /** How often to ask peers that promise no heart-beats, in nanoseconds; 0 for never. */
    private final long ping;

    private volatile long lastHeard;
    /** Set while we do not listen, so that a silence says nothing of the peer. */
    private volatile boolean deaf;
    /** How often to send, in nanoseconds; 0 for never. */
    private volatile long sendInterval;
    /** After how long a silence the peer is dead, in nanoseconds; 0 for never. */
    private volatile long deadline;

    /** How often to ask the peer for a sign of life, in nanoseconds; 0 for never. */
    private volatile long pingInterval;
    /** Touched by the ticker only. */
    private long lastPing;

    /** @param canPing whether the peer can be asked for a sign of life */
    HeartBeatMonitor(SessionSettings settings, boolean canPing, long now) {
        this.settings = settings;
        this.ping = canPing ? settings.ping().toNanos() : 0;
        this.lastHeard = now;
        this.lastPing = now;
    }

    void negotiated(HeartBeat peer) {
        sendInterval = TimeUnit.MILLISECONDS.toNanos(settings.heartBeat().sendInterval(peer));
        long receive = TimeUnit.MILLISECONDS.toNanos(settings.heartBeat().receiveInterval(peer));
        pingInterval = receive == 0 ? ping : 0;
        long interval = receive == 0 ? pingInterval : receive;
        deadline = interval == 0
                ? 0
                : Math.max(
                        interval * settings.readMargin(),
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

    /** Whether to ask the peer for a sign of life now; called by the ticker, which then does so. */
    boolean pingIsDue(long now) {
        long interval = pingInterval;
        boolean due = interval > 0 && now - lastHeard >= interval && now - lastPing >= interval;
        if (due) {
            lastPing = now;
        }
        return due;
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
