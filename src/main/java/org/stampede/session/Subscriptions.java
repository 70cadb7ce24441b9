package org.stampede.session;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.stampede.broker.BrokerSession;
import org.stampede.stomp.Frame;
import org.stampede.stomp.LimitExceededException;
import org.stampede.stomp.StompVersion;

/**
 * The subscriptions of a session by id (STOMP 1.2, section SUBSCRIBE id Header). A client of STOMP 1.0 may leave the id out:
 * the destination then takes its place. Confined to its session's Inbox.
 */
final class Subscriptions {

    private final SessionSettings settings;
    private final StompVersion version;
    private final Map<String, Subscriber> byKey = new LinkedHashMap<>();

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

    void add(Subscriber subscriber) {
        byKey.put(subscriber.key(), subscriber);
    }

    /** Ends the subscription which an UNSUBSCRIBE names. */
    Subscriber remove(Frame unsubscribe) {
        Optional<String> key = unsubscribe.header("id");
        if (key.isEmpty() && version == StompVersion.V1_0) {
            key = unsubscribe.header("destination").flatMap(this::keyOfDestination);
        } else if (key.isEmpty()) {
            throw new ProtocolException("Missing header id", "A frame UNSUBSCRIBE needs a header id.");
        }
        return key.flatMap(k -> Optional.ofNullable(byKey.remove(k)))
                .orElseThrow(() -> new ProtocolException(
                        "Unknown subscription", "This session has no subscription of this id to end."));
    }

    private Optional<String> keyOfDestination(String destination) {
        String implicit = BrokerSession.IMPLICIT_ID + destination;
        return byKey.containsKey(implicit)
                ? Optional.of(implicit)
                : byKey.values().stream()
                        .filter(subscriber -> subscriber.destination().equals(destination))
                        .map(Subscriber::key)
                        .findFirst();
    }

    /** Ends all subscriptions, and returns them. */
    Collection<Subscriber> removeAll() {
        var all = List.copyOf(byKey.values());
        byKey.clear();
        return all;
    }
}
