package org.stampede.client;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The subscriptions of a session, oldest first. Not thread-safe: guarded by the lock of its {@link Lifeline}. */
final class SubscriptionBook {

    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
    /** Those that were asked for on the newest connection before the application could speak. */
    private final Set<Subscription> asked = new LinkedHashSet<>();

    void add(Subscription subscription) {
        subscriptions.put(subscription.id(), subscription);
    }

    /** Returns whether it was there. */
    boolean remove(Subscription subscription) {
        return subscriptions.remove(subscription.id()) != null;
    }

    Optional<Subscription> find(String id) {
        return Optional.ofNullable(subscriptions.get(id));
    }

    /** Forgets what was asked for: there is a new connection. */
    void beginAnew() {
        asked.clear();
    }

    /** Those that are to be asked for; each is returned once. */
    List<Subscription> takeUnasked() {
        return subscriptions.values().stream().filter(asked::add).toList();
    }

    /** Those that were asked for, and ended meanwhile; each is returned once. */
    List<Subscription> takeEnded() {
        var ended = asked.stream().filter(one -> find(one.id()).isEmpty()).toList();
        ended.forEach(asked::remove);
        return ended;
    }

    /** Takes all. */
    List<Subscription> takeAll() {
        var all = List.copyOf(subscriptions.values());
        subscriptions.clear();
        return all;
    }
}
