package org.stampede.dispatch;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.stampede.destination.DestinationPattern;
import org.stampede.messaging.SessionSnapshot;
import org.stampede.messaging.SessionsEverywhere;
import org.stampede.messaging.StompSessions;
import org.stampede.session.ConnectedSession;
import org.stampede.session.SessionRegistry;
import org.stampede.session.Subscriber;

/** Tells the application of the sessions in the registry. Thread-safe. */
public final class RegisteredSessions implements StompSessions {

    private final SessionRegistry registry;
    /** Empty if there are no other servers. */
    private final Optional<SessionsEverywhere> others;

    private RegisteredSessions(SessionRegistry registry, Optional<SessionsEverywhere> others) {
        this.registry = registry;
        this.others = others;
    }

    /** The sessions of a server that is alone. */
    public static RegisteredSessions of(SessionRegistry registry) {
        return new RegisteredSessions(registry, Optional.empty());
    }

    /** The same, among others. */
    public StompSessions among(SessionsEverywhere everywhere) {
        return new RegisteredSessions(registry, Optional.of(everywhere));
    }

    @Override
    public SessionsEverywhere everywhere() {
        return others.orElseGet(() -> new OnlyServer(this));
    }

    @Override
    public int count() {
        return registry.count();
    }

    @Override
    public List<SessionSnapshot> all() {
        return snapshots(registry.all().stream());
    }

    @Override
    public Optional<SessionSnapshot> find(String sessionId) {
        return registry.find(sessionId).map(RegisteredSessions::snapshot);
    }

    @Override
    public List<SessionSnapshot> ofUser(String user) {
        return snapshots(registry.ofUser(user).stream());
    }

    @Override
    public List<SessionSnapshot> subscribedTo(String destination) {
        return registry.all().stream()
                .map(RegisteredSessions::snapshot)
                .filter(session -> session.subscriptions().stream()
                        .map(SessionSnapshot.Subscription::destination)
                        .anyMatch(pattern ->
                                DestinationPattern.ofSubscription(pattern).matches(destination)))
                .toList();
    }

    private static List<SessionSnapshot> snapshots(Stream<ConnectedSession> sessions) {
        return sessions.map(RegisteredSessions::snapshot).toList();
    }

    private static SessionSnapshot snapshot(ConnectedSession session) {
        return new SessionSnapshot(
                session.peer().sessionId(),
                session.peer().user(),
                session.since(),
                session.subscriptions().get().stream()
                        .map(RegisteredSessions::snapshot)
                        .toList());
    }

    private static SessionSnapshot.Subscription snapshot(Subscriber subscriber) {
        return new SessionSnapshot.Subscription(subscriber.id(), subscriber.destination());
    }

    @Override
    public boolean disconnect(String sessionId, String reason) {
        checkReason(reason);
        var session = registry.find(sessionId);
        session.ifPresent(found -> found.disconnect().accept(reason));
        return session.isPresent();
    }

    @Override
    public int disconnectUser(String user, String reason) {
        checkReason(reason);
        var sessions = registry.ofUser(user);
        sessions.forEach(session -> session.disconnect().accept(reason));
        return sessions.size();
    }

    private static void checkReason(String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("Tell the client why its session ends: the reason must not be blank.");
        }
    }
}
