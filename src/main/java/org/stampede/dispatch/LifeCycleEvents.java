package org.stampede.dispatch;

import jakarta.enterprise.event.Event;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.annotation.Annotation;
import java.security.Principal;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.stampede.destination.DestinationPattern;
import org.stampede.messaging.Connected;
import org.stampede.messaging.Disconnected;
import org.stampede.messaging.Offline;
import org.stampede.messaging.Online;
import org.stampede.messaging.PresenceEvent;
import org.stampede.messaging.SessionEvent;
import org.stampede.messaging.Subscribed;
import org.stampede.messaging.SubscriptionEvent;
import org.stampede.messaging.Unsubscribed;
import org.stampede.security.Peer;
import org.stampede.session.Subscriber;

/**
 * Fires the CDI events that tell of sessions, users and subscriptions, each with a request context of its own. The session does not depend
 * on them: what an observer throws is logged. Thread-safe.
 */
final class LifeCycleEvents {

    private static final Logger LOG = System.getLogger(LifeCycleEvents.class.getName());

    private record Row(DestinationPattern pattern, Event<SubscriptionEvent> event) {}

    private final RequestScope requests;
    private final PayloadWriter writer;
    private final Event<SessionEvent> connected;
    private final Event<SessionEvent> disconnected;
    private final Event<PresenceEvent> online;
    private final Event<PresenceEvent> offline;
    private final boolean presenceIsObserved;
    private final Occupancy<String> users = new Occupancy<>();
    private final List<Row> subscribed;
    private final List<Row> unsubscribed;
    private final FeedEvents feeds;

    LifeCycleEvents(HandlerDiscovery discovery, Event<Object> events, RequestScope requests, PayloadWriter writer) {
        var observed = discovery.lifeCycles();
        this.requests = requests;
        this.writer = writer;
        this.connected = events.select(SessionEvent.class, Connected.Literal.INSTANCE);
        this.disconnected = events.select(SessionEvent.class, Disconnected.Literal.INSTANCE);
        this.online = events.select(PresenceEvent.class, Online.Literal.INSTANCE);
        this.offline = events.select(PresenceEvent.class, Offline.Literal.INSTANCE);
        this.presenceIsObserved = observed.isObserved(Online.class) || observed.isObserved(Offline.class);
        this.subscribed = rows(observed.patterns(Subscribed.class), events, Subscribed.Literal::of);
        this.unsubscribed = rows(observed.patterns(Unsubscribed.class), events, Unsubscribed.Literal::of);
        this.feeds = new FeedEvents(observed, events, this::fireForAll);
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
        requests.begin(peer.sessionId());
        fire(peer, connected, new SessionEvent(peer.sessionId(), peer.user()));
        presence(peer, user -> users.enter(user, peer.sessionId(), () -> fireForAll(online, new PresenceEvent(user))));
    }

    void disconnected(Peer peer) {
        fire(peer, disconnected, new SessionEvent(peer.sessionId(), peer.user()));
        attempt(() -> requests.end(peer.sessionId()));
        presence(peer, user -> users.leave(user, peer.sessionId(), () -> fireForAll(offline, new PresenceEvent(user))));
    }

    private void presence(Peer peer, Consumer<String> change) {
        if (presenceIsObserved) {
            peer.user().map(Principal::getName).ifPresent(change);
        }
    }

    void subscribed(Subscriber subscriber) {
        feeds.subscribed(subscriber);
        fire(subscribed, subscriber);
    }

    void unsubscribed(Subscriber subscriber) {
        fire(unsubscribed, subscriber);
        feeds.unsubscribed(subscriber);
    }

    private void fire(List<Row> rows, Subscriber subscriber) {
        if (rows.isEmpty()) {
            return;
        }
        var wanted = DestinationPattern.ofSubscription(subscriber.destination());
        for (Row row : rows) {
            row.pattern()
                    .overlap(wanted)
                    .ifPresent(variables ->
                            fire(subscriber.peer(), row.event(), new SubscriptionView(subscriber, variables, writer)));
        }
    }

    /** Within the session. */
    private <T> void fire(Peer peer, Event<T> event, T fact) {
        attempt(() -> requests.call(peer.sessionId(), () -> fired(event, fact)));
    }

    /** Within no session, since it is not the fact of one alone. */
    private <T> void fireForAll(Event<T> event, T fact) {
        attempt(() -> requests.call(() -> fired(event, fact)));
    }

    private static <T> T fired(Event<T> event, T fact) {
        event.fire(fact);
        return fact;
    }

    private static void attempt(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "An observer of a session's life-cycle failed.", e);
        }
    }
}
