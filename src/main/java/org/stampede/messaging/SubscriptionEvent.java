package org.stampede.messaging;

import java.security.Principal;
import java.util.Optional;

/**
 * A subscription began or ended; qualified by {@link Subscribed} or {@link Unsubscribed}. Immutable, thread-safe.
 */
public interface SubscriptionEvent {

    /**
     * What was subscribed to.
     *
     * @return the {@code destination} header of the SUBSCRIBE, wildcards and all
     */
    String destination();

    /**
     * The client's name of the subscription.
     *
     * @return the {@code id} header of the SUBSCRIBE; unique within the session only
     */
    String subscriptionId();

    /**
     * Whose subscription it is.
     *
     * @return the session, as in the {@code session} header of CONNECTED
     */
    String sessionId();

    /**
     * Whose subscription it is.
     *
     * @return the user of the session, empty if nobody is logged in
     */
    Optional<Principal> user();

    /**
     * What the client wrote in the place of a {@code {name}} of the observer's pattern.
     *
     * @param name the name, without braces
     * @return the text of that part, which may be a wildcard: {@code *} if the client left the part open
     * @throws IllegalArgumentException if the observer's pattern has no such name
     */
    String variable(String name);

    /**
     * Whether messages to a destination reach this subscription.
     *
     * @param destination a destination without wildcards
     * @return whether the subscription's destination covers it
     */
    boolean covers(String destination);

    /**
     * Sends a message to this subscription alone, under the destination that was subscribed to.
     *
     * @param payload what to send, converted as by {@link Messenger#send(String, Object)}
     * @throws IllegalStateException if the subscription has a wildcard, so that the destination must be named
     */
    void send(Object payload);

    /**
     * Sends a message to this subscription alone.
     *
     * @param destination the {@code destination} header of the MESSAGE; must be covered by the subscription
     * @param payload     what to send
     * @throws IllegalArgumentException if the subscription does not cover the destination
     */
    void send(String destination, Object payload);

    /**
     * Sends the state of the destination that was subscribed to, as by {@link #sendSnapshot(String, Object)}.
     *
     * @param payload the state
     * @throws IllegalStateException if the subscription has a wildcard, so that the destination must be named
     */
    void sendSnapshot(Object payload);

    /**
     * Sends the state of a destination to this subscription alone, which then gets what is published there after this call, and
     * nothing that was published before it. There is neither a gap nor a duplicate if this call and the publishing exclude each
     * other, each together with its look at the state: by one lock, or as methods of one EJB singleton.
     *
     * <pre>{@code
     * synchronized void change(Price price) {
     *     latest = price;
     *     messenger.immediately().send("/topic/price", price);
     * }
     *
     * synchronized void snapshot(@Observes @Subscribed("/topic/price") SubscriptionEvent subscription) {
     *     subscription.sendSnapshot(latest);
     * }
     * }</pre>
     *
     * @param destination the {@code destination} header of the MESSAGE; must be covered by the subscription
     * @param payload     the state
     * @throws IllegalArgumentException if the subscription does not cover the destination
     */
    void sendSnapshot(String destination, Object payload);
}
