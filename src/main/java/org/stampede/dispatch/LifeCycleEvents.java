package org.stampede.dispatch;

import jakarta.enterprise.event.Event;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.Principal;
import java.util.function.Consumer;
import org.stampede.messaging.Connected;
import org.stampede.messaging.Disconnected;
import org.stampede.messaging.Offline;
import org.stampede.messaging.Online;
import org.stampede.messaging.PresenceEvent;
import org.stampede.messaging.SessionEvent;
import org.stampede.security.Peer;
import org.stampede.session.Subscriber;
import org.stampede.stomp.Headers;

/**
 * Fires the CDI events that tell of sessions, users and subscriptions, each with a request context of its own. The session does not depend
 * on them: what an observer throws is logged. Thread-safe.
 */
final class LifeCycleEvents {

    private static final Logger LOG = System.getLogger(LifeCycleEvents.class.getName());

    private final RequestScope requests;
    private final Event<SessionEvent> connected;
    private final Event<SessionEvent> disconnected;
    private final Event<PresenceEvent> online;
    private final Event<PresenceEvent> offline;
    private final boolean presenceIsObserved;
    private final Occupancy<String> users = new Occupancy<>();
    private final SubscriptionEvents subscriptions;
    private final FeedEvents feeds;

    LifeCycleEvents(DispatchEngine.Beans beans, SubscriptionEvents subscriptions) {
        var observed = beans.discovery().lifeCycles();
        var events = beans.events();
        this.requests = beans.requests();
        this.subscriptions = subscriptions;
        this.connected = events.select(SessionEvent.class, Connected.Literal.INSTANCE);
        this.disconnected = events.select(SessionEvent.class, Disconnected.Literal.INSTANCE);
        this.online = events.select(PresenceEvent.class, Online.Literal.INSTANCE);
        this.offline = events.select(PresenceEvent.class, Offline.Literal.INSTANCE);
        this.presenceIsObserved = observed.isObserved(Online.class) || observed.isObserved(Offline.class);
        this.feeds = new FeedEvents(observed, events, this::fireForAll);
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

    void subscribed(Subscriber subscriber, Headers headers) {
        feeds.subscribed(subscriber);
        subscriptions.began(subscriber, headers);
    }

    void unsubscribed(Subscriber subscriber) {
        subscriptions.ended(subscriber);
        feeds.unsubscribed(subscriber);
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

    /** The session does not depend on it. */
    static void attempt(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "An observer of a session's life-cycle failed.", e);
        }
    }
}
