package org.stampede.messaging;

import java.security.Principal;
import java.util.Map;
import java.util.Optional;

/**
 * The SEND frame that is being handled, as its handler sees it. Injectable into a handler method beside the payload, and
 * into any bean that the handler calls. Immutable, hence thread-safe; the injected reference is good for the duration of
 * the handler's call: elsewhere its methods throw {@link IllegalStateException}, or CDI's {@code ContextNotActiveException}
 * where there is no request at all.
 */
public interface Message {

    /**
     * Where the message was sent to.
     *
     * @return the {@code destination} header, exactly as the client wrote it
     */
    String destination();

    /**
     * The part of the destination which a {@code {name}} of the handler's pattern stands for.
     *
     * @param name the name, without braces
     * @return the text of that part, never empty
     * @throws IllegalArgumentException if the pattern has no such name
     */
    String variable(String name);

    /**
     * A header of the frame.
     *
     * @param name the case-sensitive name
     * @return its value; of a repeated header the first entry (STOMP 1.2, section Repeated Header Entries)
     */
    Optional<String> header(String name);

    /**
     * All headers of the frame.
     *
     * @return the first entry of each, in the order of the frame; unmodifiable
     */
    Map<String, String> headers();

    /**
     * The body.
     *
     * @return a copy of its octets
     */
    byte[] body();

    /**
     * The body as text.
     *
     * @return the body read as UTF-8
     */
    String text();

    /**
     * Who sent it.
     *
     * @return the user of the session, empty if nobody is logged in
     */
    Optional<Principal> user();

    /**
     * The session that sent it.
     *
     * @return the id that is also in the {@code session} header of CONNECTED
     */
    String sessionId();

    /**
     * What handlers keep about the session that sent it.
     *
     * @return the attributes, the same for all messages of the session
     */
    SessionAttributes attributes();

    /**
     * Replies to a message that asks for it by a header {@code reply-to}: one line on this side, and on the client's as well.
     * The reply goes to the sending session only, at {@code /temp-queue/} and a name of the client's choice, for which it
     * needs no subscription, or at a {@code /user/} destination; it has the {@code correlation-id} of the message. A
     * {@link Problem} goes there too.
     *
     * @param payload what to send, converted as by {@link Messenger#send(String, Object)}
     * @throws IllegalStateException if the message has no {@code reply-to}
     */
    void reply(Object payload);

    /**
     * Sends a payload to the session that this message came from, and to no other: it arrives at that session's
     * subscription to {@code /user} followed by the destination.
     *
     * @param destination where to, for example {@code /queue/trades} for a client subscribed to {@code /user/queue/trades}
     * @param payload     what to send, converted as by {@link Messenger#send(String, Object)}
     */
    default void reply(String destination, Object payload) {
        reply(destination, payload, Map.of());
    }

    /**
     * Sends a payload with headers to the session that this message came from, and to no other.
     *
     * @param destination where to, for example {@code /queue/trades} for a client subscribed to {@code /user/queue/trades}
     * @param payload     what to send, converted as by {@link Messenger#send(String, Object, Map)}
     * @param headers     further headers of the MESSAGE
     */
    void reply(String destination, Object payload, Map<String, String> headers);
}
