package org.stampede.dispatch;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Supplier;
import org.stampede.transport.Gathering;

/**
 * Runs an action with a CDI request context, which the WebSocket specification does not promise to its threads; and, if the action is
 * a session's, with the context of that session. Thread-safe.
 */
@ApplicationScoped
public class RequestScope {

    @Inject
    SessionScope sessions;

    @Inject
    CurrentSession current;

    @PostConstruct
    void bind() {
        sessions.bind(current);
    }

    /** Runs the action for no session; beans of request scope live as long as it does. */
    @ActivateRequestContext
    public <T> T call(Supplier<T> action) {
        return within(Optional.empty(), action);
    }

    /** Runs the action for a session, if that has begun and not ended. */
    @ActivateRequestContext
    public <T> T call(String sessionId, Supplier<T> action) {
        return within(sessions.find(sessionId), action);
    }

    /** From now on there may be beans of this session. */
    public void begin(String sessionId) {
        sessions.begin(sessionId);
    }

    /** Destroys the beans of a session. Later calls have no effect. */
    @ActivateRequestContext
    public void end(String sessionId) {
        var ended = sessions.end(sessionId);
        within(ended, () -> {
            ended.ifPresent(SessionBeans::end);
            return ended;
        });
    }

    /** The thread may be in the request of another session, if tasks run where they are brought. */
    private <T> T within(Optional<SessionBeans> session, Supplier<T> action) {
        var before = current.beans();
        current.set(session);
        try {
            return Gathering.without(action);
        } finally {
            current.set(before);
        }
    }
}
