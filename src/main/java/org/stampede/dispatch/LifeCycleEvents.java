package org.stampede.dispatch;

import jakarta.enterprise.event.Event;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.stampede.destination.DestinationPattern;
import org.stampede.messaging.Connected;
import org.stampede.messaging.Disconnected;
import org.stampede.messaging.SessionEvent;
import org.stampede.messaging.Subscribed;
import org.stampede.messaging.SubscriptionEvent;
import org.stampede.messaging.Unsubscribed;
import org.stampede.security.Peer;
import org.stampede.session.Subscriber;

/** Fires the CDI events that tell of sessions and subscriptions. Thread-safe. */
final class LifeCycleEvents {

    private record Row(DestinationPattern pattern, Event<SubscriptionEvent> event) {}

    private final Event<SessionEvent> connected;
    private final Event<SessionEvent> disconnected;
    private final List<Row> subscribed;
    private final List<Row> unsubscribed;
    private final PayloadWriter writer;

    LifeCycleEvents(HandlerDiscovery discovery, Event<Object> events, PayloadWriter writer) {
        this.connected = events.select(SessionEvent.class, Connected.Literal.INSTANCE);
        this.disconnected = events.select(SessionEvent.class, Disconnected.Literal.INSTANCE);
        this.subscribed = rows(discovery.subscribed(), events, Subscribed.Literal::of);
        this.unsubscribed = rows(discovery.unsubscribed(), events, Unsubscribed.Literal::of);
        this.writer = writer;
    }

    private static List<Row> rows(
            Set<DestinationPattern> patterns, Event<Object> events, Function<String, Annotation> qualifier) {
        return patterns.stream()
                .map(pattern ->
                        new Row(pattern, events.select(SubscriptionEvent.class, qualifier.apply(pattern.text()))))
                .toList();
    }

    void connected(Peer peer) {
        connected.fire(new SessionEvent(peer.sessionId(), peer.user()));
    }

    void disconnected(Peer peer) {
        disconnected.fire(new SessionEvent(peer.sessionId(), peer.user()));
    }

    void subscribed(Subscriber subscriber) {
        fire(subscribed, subscriber);
    }

    void unsubscribed(Subscriber subscriber) {
        fire(unsubscribed, subscriber);
    }

    private void fire(List<Row> rows, Subscriber subscriber) {
        if (rows.isEmpty()) {
            return;
        }
        var wanted = DestinationPattern.ofSubscription(subscriber.destination());
        for (Row row : rows) {
            row.pattern()
                    .overlap(wanted)
                    .ifPresent(variables -> row.event().fire(new SubscriptionView(subscriber, variables, writer)));
        }
    }
}
