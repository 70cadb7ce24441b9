package org.stampede.dispatch;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The beans of one session. Thread-safe, though the session's Inbox is hardly ever left. */
final class SessionBeans {

    private static final Logger LOG = System.getLogger(SessionBeans.class.getName());

    private record Instance<T>(Contextual<T> contextual, T bean, CreationalContext<T> context) {

        void destroy() {
            try {
                contextual.destroy(bean, context);
            } catch (RuntimeException | Error e) {
                LOG.log(Level.ERROR, "A bean of a session could not be destroyed.", e);
            }
        }
    }

    /** Oldest first. */
    private final Map<Contextual<?>, Instance<?>> instances = Collections.synchronizedMap(new LinkedHashMap<>());
    /** Set when no further bean is created. */
    private volatile boolean ended;

    @SuppressWarnings("unchecked") // put there with its own type only
    <T> @Nullable T find(Contextual<T> contextual) {
        var found = (Instance<T>) instances.get(contextual);
        return found == null ? null : found.bean();
    }

    @SuppressWarnings("unchecked") // put there with its own type only
    <T> T create(Contextual<T> contextual, CreationalContext<T> context) {
        if (ended) {
            throw new ContextNotActiveException(
                    "The STOMP session has ended: a bean of @StompSessionScoped that did not exist cannot be had any more.");
        }
        var created = new Instance<>(contextual, contextual.create(context), context);
        var other = (Instance<T>) instances.putIfAbsent(contextual, created);
        if (other != null) {
            created.destroy();
            return other.bean();
        }
        return created.bean();
    }

    void destroy(Contextual<?> contextual) {
        var removed = instances.remove(contextual);
        if (removed != null) {
            removed.destroy();
        }
    }

    /** Destroys all, the newest first. */
    void end() {
        ended = true;
        List<Contextual<?>> all = new ArrayList<>(List.of(instances.keySet().toArray(Contextual<?>[]::new)));
        Collections.reverse(all);
        all.forEach(this::destroy);
    }
}
