package org.stampede.client;

/** Where a {@link ClientSession} is in its life. Immutable. */
public enum SessionState {
    /** The first connection is being made. */
    CONNECTING,
    /** Connected; all subscriptions have been asked for. */
    CONNECTED,
    /** The connection was lost; another one is tried now and then. */
    RECONNECTING,
    /** {@link ClientSession#disconnect} waits for its receipt. */
    DISCONNECTING,
    /** Over for good. */
    CLOSED
}
