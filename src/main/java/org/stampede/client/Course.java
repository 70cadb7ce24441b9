package org.stampede.client;

import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The course of a session's life: its state, the connection that it has, and what follows from what happens to that. Not
 * thread-safe: guarded by the lock of its {@link Lifeline}.
 */
final class Course {

    /** What the loss of a connection means. */
    enum Loss {
        /** Nothing: the session was closed before. */
        NOTHING,
        /** Another one will be tried, of which the application should hear. */
        NEWS,
        /** Another one will be tried, as the application knows. */
        NO_NEWS,
        /** The end of the session. */
        END
    }

    private final ReconnectPolicy policy;
    private final Backoff backoff;
    private SessionState state = SessionState.CONNECTING;
    /** From its first frame to its end. */
    private @Nullable ClientConnection connection;
    /** Whether the application may speak on the connection. */
    private boolean usable;
    /** Whether a connection is being opened. */
    private boolean opening;

    private boolean everConnected;

    Course(ReconnectPolicy policy, DoubleSupplier chance) {
        this.policy = policy;
        this.backoff = new Backoff(policy, chance);
    }

    SessionState state() {
        return state;
    }

    Optional<ClientConnection> connection() {
        return Optional.ofNullable(connection);
    }

    /** The connection on which the application may speak. */
    Optional<ClientConnection> usable() {
        return usable ? connection() : Optional.empty();
    }

    /** Whether the session takes subscriptions, for this connection or the next one. */
    boolean isOpen() {
        return state != SessionState.CLOSED && state != SessionState.DISCONNECTING;
    }

    /** Whether nothing will happen any more. */
    boolean isOver() {
        return state == SessionState.CLOSED && connection == null && !opening;
    }

    /** Whether it is time to open another connection. */
    boolean isDue(long now) {
        return state == SessionState.RECONNECTING && connection == null && !opening && backoff.isDue(now);
    }

    void opening() {
        opening = true;
    }

    void notOpened() {
        opening = false;
    }

    /** A connection is open; returns whether it is still wanted. */
    boolean opened(ClientConnection opened) {
        opening = false;
        connection = awaitsConnection() ? opened : null;
        return connection != null;
    }

    /** Whether the session is about to be connected by this connection. */
    boolean awaits(ClientConnection fresh) {
        return connection == fresh && awaitsConnection();
    }

    private boolean awaitsConnection() {
        return state == SessionState.CONNECTING || state == SessionState.RECONNECTING;
    }

    /** The application may speak; returns whether it could before, on another connection. */
    boolean connected() {
        boolean again = everConnected;
        usable = true;
        everConnected = true;
        state = SessionState.CONNECTED;
        return again;
    }

    /** A connection has ended; returns whether it was that of the session. */
    boolean ended(ClientConnection ended, long now) {
        if (connection != ended) {
            return false;
        }
        connection = null;
        usable = false;
        backoff.stood(now - ended.since());
        return true;
    }

    /** There is no connection, any more or at all. */
    Loss lost(long now) {
        if (state == SessionState.CLOSED) {
            return Loss.NOTHING;
        }
        if (!everConnected || state == SessionState.DISCONNECTING || !policy.isOn()) {
            return Loss.END;
        }
        Loss loss = state == SessionState.CONNECTED ? Loss.NEWS : Loss.NO_NEWS;
        state = SessionState.RECONNECTING;
        backoff.waitFrom(now);
        return loss;
    }

    /** The application leaves; returns the connection on which to say so, if there is one. */
    Optional<ClientConnection> disconnecting() {
        Optional<ClientConnection> on = usable();
        usable = false;
        state = on.isPresent() ? SessionState.DISCONNECTING : state;
        return on;
    }

    /** The session is over for good; returns whether the application could speak until now. */
    boolean closed() {
        boolean spoke = usable;
        usable = false;
        state = SessionState.CLOSED;
        return spoke;
    }
}
