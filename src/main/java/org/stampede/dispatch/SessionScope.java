package org.stampede.dispatch;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Registers the context of sessions, and keeps the beans of each, from its begin to its end. Thread-safe. */
public class SessionScope implements Extension {

    private final Map<String, SessionBeans> sessions = new ConcurrentHashMap<>();

    private final SessionScopeContext context = new SessionScopeContext();

    void register(@Observes AfterBeanDiscovery event) {
        event.addContext(context);
    }

    /** Says who knows the session that is being dealt with. */
    void bind(CurrentSession current) {
        context.bind(current);
    }

    void begin(String sessionId) {
        sessions.put(sessionId, new SessionBeans());
    }

    Optional<SessionBeans> find(String sessionId) {
        return Optional.ofNullable(sessions.get(sessionId));
    }

    /** Forgets the session, and returns the beans that are to be destroyed. */
    Optional<SessionBeans> end(String sessionId) {
        return Optional.ofNullable(sessions.remove(sessionId));
    }

    /** How many sessions there are. */
    int size() {
        return sessions.size();
    }
}
