package org.stampede.client;

/**
 * Is told what happens to a {@link ClientSession} after it was connected: one call at a time and in order, on the executor of
 * callbacks. All methods do nothing unless overridden.
 */
public interface SessionListener {

    /**
     * The server said ERROR; the connection ends, so {@link #onDisconnect} or {@link #onClose} follows.
     *
     * @param session the session
     * @param error   what the server said
     */
    default void onError(ClientSession session, StompErrorException error) {}

    /**
     * The connection was lost, and another one will be tried.
     *
     * @param session the session
     * @param cause   why
     */
    default void onDisconnect(ClientSession session, StompClientException cause) {}

    /**
     * There is a connection again, and all subscriptions were asked for on it. Messages sent to topics meanwhile are lost.
     *
     * @param session the session
     */
    default void onReconnect(ClientSession session) {}

    /**
     * The session is over for good. The last call for a session.
     *
     * @param session the session
     */
    default void onClose(ClientSession session) {}
}
