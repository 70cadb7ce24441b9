package org.stampede.messaging;

import java.util.Map;

/**
 * How the application speaks. Injectable anywhere, and usable from any thread: a timer, a REST resource, a message-driven
 * bean, a handler. No method blocks: the message is handed to the broker, in memory. Messages of one thread reach each
 * subscriber in the order in which they were sent. Thread-safe.
 *
 * <p>A payload of type {@code String} or {@code byte[]} is sent as it is, anything else as JSON by Jakarta JSON Binding.
 *
 * <p>A destination that is observed by a {@link Destination} handler is no different here: what the application sends goes
 * to the broker, never to a handler.
 */
public interface Messenger {

    /**
     * Sends a message to a topic or queue.
     *
     * @param destination the topic or queue, for example {@code /topic/trades}
     * @param payload     what to send
     * @throws IllegalArgumentException if the destination is a pattern or a user destination
     * @throws IllegalStateException    if the queue is full
     */
    default void send(String destination, Object payload) {
        send(destination, payload, Map.of());
    }

    /**
     * Sends a message with headers to a topic or queue.
     *
     * @param destination the topic or queue
     * @param payload     what to send
     * @param headers     further headers of the MESSAGE; those owned by the server ({@code message-id}, {@code subscription},
     *                    {@code content-length} and their like) are not taken from here
     * @throws IllegalArgumentException if the destination is a pattern or a user destination
     * @throws IllegalStateException    if the queue is full
     */
    void send(String destination, Object payload, Map<String, String> headers);

    /**
     * Sends a message to all sessions of a user.
     *
     * @param user        the name of the user
     * @param destination where to, for example {@code /queue/trades} for clients subscribed to {@code /user/queue/trades}
     * @param payload     what to send
     */
    void sendToUser(String user, String destination, Object payload);

    /**
     * Sends a message to one session.
     *
     * @param sessionId   the session, as in {@link Message#sessionId()}; one that has ended is passed over in silence
     * @param destination where to, for example {@code /queue/trades} for a client subscribed to {@code /user/queue/trades}
     * @param payload     what to send
     */
    void sendToSession(String sessionId, String destination, Object payload);
}
