package org.stampede.dispatch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import java.util.function.Supplier;

/**
 * Runs an action with a CDI request context, which the WebSocket specification does not promise to its threads. Thread-safe.
 */
@ApplicationScoped
public class RequestScope {

    /** Runs the action; beans of request scope live as long as it does. */
    @ActivateRequestContext
    public <T> T call(Supplier<T> action) {
        return action.get();
    }
}
