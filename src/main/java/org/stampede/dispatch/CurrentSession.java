package org.stampede.dispatch;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/**
 * Whose request it is: a bean of the request rather than a thread local, so that the container ties it to the thread as it does
 * all its contexts, and takes it away. Confined to the request.
 */
@RequestScoped
public class CurrentSession {

    private Optional<SessionBeans> beans = Optional.empty();

    /** The beans of the session that is dealt with, empty if none is. */
    Optional<SessionBeans> beans() {
        return beans;
    }

    void set(Optional<SessionBeans> current) {
        beans = current;
    }
}
