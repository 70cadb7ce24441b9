package org.stampede.session;

import java.security.Principal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who is connected. Thread-safe. */
public final class SessionRegistry {

    private final Map<String, ConnectedSession> byId = new ConcurrentHashMap<>();
    /** Name of a user to his sessions; no empty lists. */
    private final Map<String, List<ConnectedSession>> byUser = new ConcurrentHashMap<>();

    private final ReplyAddresses replyAddresses = new ReplyAddresses();

    /** Where other clients reply to. */
    ReplyAddresses replyAddresses() {
        return replyAddresses;
    }

    /** The session with this id. */
    public Optional<ConnectedSession> find(String sessionId) {
        return Optional.ofNullable(byId.get(sessionId));
    }

    /** All sessions of a user. */
    public List<ConnectedSession> ofUser(String name) {
        return byUser.getOrDefault(name, List.of());
    }

    /** All sessions at this moment. */
    public Collection<ConnectedSession> all() {
        return List.copyOf(byId.values());
    }

    /** How many sessions there are. */
    public int count() {
        return byId.size();
    }

    void add(ConnectedSession session) {
        byId.put(session.peer().sessionId(), session);
        userOf(session).ifPresent(name -> byUser.merge(name, List.of(session), SessionRegistry::joined));
    }

    void remove(ConnectedSession session) {
        byId.remove(session.peer().sessionId());
        userOf(session).ifPresent(name -> byUser.computeIfPresent(name, (n, sessions) -> without(sessions, session)));
    }

    private static Optional<String> userOf(ConnectedSession session) {
        return session.peer().user().map(Principal::getName);
    }

    private static List<ConnectedSession> joined(List<ConnectedSession> some, List<ConnectedSession> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static @Nullable List<ConnectedSession> without(List<ConnectedSession> sessions, ConnectedSession gone) {
        var rest = sessions.stream().filter(s -> s != gone).toList();
        return rest.isEmpty() ? null : rest;
    }
}
