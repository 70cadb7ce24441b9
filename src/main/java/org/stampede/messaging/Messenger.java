package org.stampede.messaging;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * How the application speaks. Injectable anywhere, and usable from any thread: a timer, a REST resource, a message-driven
 * bean, a handler. No method blocks: the message is handed to the broker. Messages of one thread reach each subscriber in
 * the order in which they were sent. Thread-safe.
 *
 * <p>A payload of type {@code String} or {@code byte[]} is sent as it is, anything else as JSON by Jakarta JSON Binding.
 * The payload is converted at once: what becomes of the object later does not matter.
 *
 * <p>In a transaction of Jakarta Transactions messages are held: they go out after the commit, in the order in which they were
 * sent, and never if the transaction is rolled back. A message of a transaction that can only be rolled back is dropped.
 * {@link #immediately()} does not wait.
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
     * @throws IllegalArgumentException if the destination is a pattern or a user destination, or the payload cannot be converted
     * @throws IllegalStateException    if the queue is full, or the transaction holds too many messages
     * @throws BrokerAwayException      if the broker behind the relay is out of reach
     */
    default void send(String destination, Object payload) {
        send(destination, payload, Map.of());
    }

    /**
     * Sends a message with headers to a topic or queue. If the queue turns out to be full only after the commit of a
     * transaction, that is logged.
     *
     * @param destination the topic or queue
     * @param payload     what to send
     * @param headers     further headers of the MESSAGE; those owned by the server ({@code message-id}, {@code subscription},
     *                    {@code content-length} and their like) are not taken from here
     * @throws IllegalArgumentException if the destination is a pattern or a user destination, or the payload cannot be converted
     * @throws IllegalStateException    if the queue is full, or the transaction holds too many messages
     * @throws BrokerAwayException      if the broker behind the relay is out of reach
     */
    void send(String destination, Object payload, Map<String, String> headers);

    /**
     * Sends a message to a topic or queue, and tells when the broker has it.
     *
     * @param destination the topic or queue
     * @param payload     what to send
     * @return as in {@link #sendConfirmed(String, Object, Map)}
     * @throws IllegalArgumentException if the destination is a pattern or a user destination, or the payload cannot be converted
     */
    default CompletionStage<Void> sendConfirmed(String destination, Object payload) {
        return sendConfirmed(destination, payload, Map.of());
    }

    /**
     * Sends a message with headers to a topic or queue, and tells when the broker has it. Within a transaction that is after the
     * commit, so do not wait for it there.
     *
     * @param destination the topic or queue
     * @param payload     what to send
     * @param headers     further headers of the MESSAGE
     * @return completed when the broker has taken the message; exceptionally with an {@link IllegalStateException} if it
     *     refused it, with a {@link java.util.concurrent.CancellationException} if the transaction was rolled back
     * @throws IllegalArgumentException if the destination is a pattern or a user destination, or the payload cannot be converted
     * @throws IllegalStateException    if the transaction holds too many messages
     */
    CompletionStage<Void> sendConfirmed(String destination, Object payload, Map<String, String> headers);

    /**
     * Sends a message to all sessions of a user.
     *
     * @param user        the name of the user
     * @param destination where to, for example {@code /queue/trades} for clients subscribed to {@code /user/queue/trades}
     * @param payload     what to send
     */
    default void sendToUser(String user, String destination, Object payload) {
        sendToUser(user, destination, payload, Map.of());
    }

    /**
     * Sends a message with headers to all sessions of a user: to those that he has when the message goes out.
     *
     * @param user        the name of the user
     * @param destination where to, for example {@code /queue/trades} for clients subscribed to {@code /user/queue/trades}
     * @param payload     what to send
     * @param headers     further headers of the MESSAGE
     */
    void sendToUser(String user, String destination, Object payload, Map<String, String> headers);

    /**
     * Sends a message to one session.
     *
     * @param sessionId   the session, as in {@link Message#sessionId()}; one that has ended is passed over in silence
     * @param destination where to, for example {@code /queue/trades} for a client subscribed to {@code /user/queue/trades}
     * @param payload     what to send
     */
    default void sendToSession(String sessionId, String destination, Object payload) {
        sendToSession(sessionId, destination, payload, Map.of());
    }

    /**
     * Sends a message with headers to one session.
     *
     * @param sessionId   the session, as in {@link Message#sessionId()}; one that has ended is passed over in silence
     * @param destination where to, for example {@code /queue/trades} for a client subscribed to {@code /user/queue/trades}
     * @param payload     what to send
     * @param headers     further headers of the MESSAGE
     */
    void sendToSession(String sessionId, String destination, Object payload, Map<String, String> headers);

    /**
     * Leaves transactions aside, for example to tell of a failure that rolls the transaction back.
     *
     * @return a messenger whose messages go out at once
     */
    Messenger immediately();
}
