package org.stampede.dispatch;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Extension;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Registers the context of sessions, and keeps the beans of each, from its begin to its end. Thread-safe. */
public class SessionScope implements Extension {

    private final Map<String, SessionBeans> sessions = new ConcurrentHashMap<>();

    void register(@Observes AfterBeanDiscovery event, BeanManager beanManager) {
        event.addContext(new SessionScopeContext(beanManager));
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
