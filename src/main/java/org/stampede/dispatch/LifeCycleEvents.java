package org.stampede.dispatch;

import jakarta.enterprise.event.Event;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
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

/**
 * Fires the CDI events that tell of sessions and subscriptions, each with a request context of its own. The session does not depend
 * on them: what an observer throws is logged. Thread-safe.
 */
final class LifeCycleEvents {

    private static final Logger LOG = System.getLogger(LifeCycleEvents.class.getName());

    private record Row(DestinationPattern pattern, Event<SubscriptionEvent> event) {}

    private final RequestScope requests;
    private final PayloadWriter writer;
    private final Event<SessionEvent> connected;
    private final Event<SessionEvent> disconnected;
    private final List<Row> subscribed;
    private final List<Row> unsubscribed;

    LifeCycleEvents(HandlerDiscovery discovery, Event<Object> events, RequestScope requests, PayloadWriter writer) {
        this.requests = requests;
        this.writer = writer;
        this.connected = events.select(SessionEvent.class, Connected.Literal.INSTANCE);
        this.disconnected = events.select(SessionEvent.class, Disconnected.Literal.INSTANCE);
        this.subscribed = rows(discovery.subscribed(), events, Subscribed.Literal::of);
        this.unsubscribed = rows(discovery.unsubscribed(), events, Unsubscribed.Literal::of);
    }

    /** Most specific first, since the order in which observers are discovered is left to chance. */
    private static List<Row> rows(
            Set<DestinationPattern> patterns, Event<Object> events, Function<String, Annotation> qualifier) {
        return patterns.stream()
                .sorted()
                .map(pattern ->
                        new Row(pattern, events.select(SubscriptionEvent.class, qualifier.apply(pattern.text()))))
                .toList();
    }

    void connected(Peer peer) {
        fire(connected, new SessionEvent(peer.sessionId(), peer.user()));
    }

    void disconnected(Peer peer) {
        fire(disconnected, new SessionEvent(peer.sessionId(), peer.user()));
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
                    .ifPresent(variables -> fire(row.event(), new SubscriptionView(subscriber, variables, writer)));
        }
    }

    private <T> void fire(Event<T> event, T fact) {
        try {
            requests.call(() -> {
                event.fire(fact);
                return fact;
            });
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "An observer of a session's life-cycle failed.", e);
        }
    }
}
