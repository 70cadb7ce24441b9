package org.stampede.session;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.stampede.broker.BrokerSession;
import org.stampede.destination.UserDestination;
import org.stampede.stomp.Frame;
import org.stampede.stomp.LimitExceededException;
import org.stampede.stomp.StompVersion;

/**
 * The subscriptions of a session by id (STOMP 1.2, section SUBSCRIBE id Header). A client of STOMP 1.0 may leave the id out:
 * the destination then takes its place. Confined to its session's Inbox, but for {@link #begun()}.
 */
final class Subscriptions {

    private final SessionSettings settings;
    private final StompVersion version;
    /** Those that may be ended by UNSUBSCRIBE, even if the broker has not answered their SUBSCRIBE yet. */
    private final Map<String, Subscriber> byKey = new HashMap<>();
    /** Those that the application was told of, and not yet told that they have ended. */
    private final Set<Subscriber> begun = Collections.synchronizedSet(new LinkedHashSet<>());

    Subscriptions(SessionSettings settings, StompVersion version) {
        this.settings = settings;
        this.version = version;
    }

    /** The id under which a new subscription is to be known, once it is sure that there may be another one. */
    String keyOfNew(Frame subscribe, String destination) {
        Optional<String> id = subscribe.header("id");
        if (id.isEmpty() && version != StompVersion.V1_0) {
            throw new ProtocolException("Missing header id", "A frame SUBSCRIBE needs a header id.");
        }
        if (id.isPresent() && id.get().startsWith(BrokerSession.IMPLICIT_ID)) {
            throw new ProtocolException(
                    "Malformed id", "The id of a subscription must not begin with a control character.");
        }
        if (id.isPresent() && UserDestination.isTemporary(id.get())) {
            throw new ProtocolException(
                    "Malformed id",
                    "The id of a subscription must not begin with /temp-queue/, which is for reply-to.");
        }
        String key = id.orElseGet(() -> BrokerSession.IMPLICIT_ID + destination);
        if (byKey.containsKey(key)) {
            throw new ProtocolException(
                    "Subscription exists",
                    id.isPresent()
                            ? "A subscription of this id exists already in this session."
                            : "This destination is subscribed to already; more than once takes a header id.");
        }
        if (byKey.size() >= settings.subscriptions()) {
            throw new LimitExceededException(
                    "subscriptions of a session",
                    settings.subscriptions(),
                    "subscriptions",
                    "stampede.limit.subscriptions");
        }
        return key;
    }

    /** Takes the id. */
    void add(Subscriber subscriber) {
        byKey.put(subscriber.key(), subscriber);
    }

    /** The broker has taken it. */
    void begun(Subscriber subscriber) {
        begun.add(subscriber);
    }

    /** Those that have begun and not ended, the oldest first; any thread. */
    List<Subscriber> begun() {
        return List.of(begun.toArray(Subscriber[]::new));
    }

    /** Frees the id of the subscription which an UNSUBSCRIBE names. */
    Subscriber remove(Frame unsubscribe) {
        Optional<String> key = unsubscribe.header("id");
        if (key.isEmpty() && version == StompVersion.V1_0) {
            key = unsubscribe.header("destination").map(this::keyOfDestination);
        }
        if (key.isEmpty()) {
            throw new ProtocolException("Missing header id", "A frame UNSUBSCRIBE needs a header id.");
        }
        return Optional.ofNullable(byKey.remove(key.get()))
                .orElseThrow(() -> new ProtocolException(
                        "Unknown subscription", "This session has no subscription of this id to end."));
    }

    private String keyOfDestination(String destination) {
        String implicit = BrokerSession.IMPLICIT_ID + destination;
        if (byKey.containsKey(implicit)) {
            return implicit;
        }
        return byKey.values().stream()
                .filter(subscriber -> subscriber.destination().equals(destination))
                .map(Subscriber::key)
                .findFirst()
                .orElse(implicit);
    }

    /** Frees the id of a subscription. */
    void remove(Subscriber subscriber) {
        byKey.remove(subscriber.key());
    }

    /** Those that may be ended. */
    List<Subscriber> all() {
        return List.copyOf(byKey.values());
    }

    /** The broker has ended it. */
    void ended(Subscriber subscriber) {
        begun.remove(subscriber);
    }

    /** Ends all subscriptions, and returns those that had begun. */
    Collection<Subscriber> endAll() {
        var all = begun();
        byKey.clear();
        begun.clear();
        return all;
    }
}
