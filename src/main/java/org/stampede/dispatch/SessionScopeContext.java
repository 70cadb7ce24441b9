package org.stampede.dispatch;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.spi.AlterableContext;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import java.lang.annotation.Annotation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.stampede.messaging.StompSessionScoped;

/** The context behind {@link StompSessionScoped}: active in requests that deal with a session. Thread-safe. */
final class SessionScopeContext implements AlterableContext {

    /** A client proxy; null until there are beans. */
    private volatile @Nullable CurrentSession current;

    /** Says who knows the session that is being dealt with. Not every server lets an extension look it up. */
    void bind(CurrentSession session) {
        current = session;
    }

    @Override
    public Class<? extends Annotation> getScope() {
        return StompSessionScoped.class;
    }

    @Override
    public boolean isActive() {
        return session().isPresent();
    }

    @Override
    public <T> @Nullable T get(Contextual<T> contextual) {
        return active().find(contextual);
    }

    @Override
    public <T> @Nullable T get(Contextual<T> contextual, @Nullable CreationalContext<T> context) {
        var beans = active();
        T found = beans.find(contextual);
        return found != null || context == null ? found : beans.create(contextual, context);
    }

    @Override
    public void destroy(Contextual<?> contextual) {
        active().destroy(contextual);
    }

    private SessionBeans active() {
        return session()
                .orElseThrow(() -> new ContextNotActiveException(
                        "No STOMP session is being dealt with: beans of @StompSessionScoped are to be had in handlers and in"
                                + " observers of a session's life-cycle only."));
    }

    private Optional<SessionBeans> session() {
        var known = current;
        if (known == null) {
            return Optional.empty();
        }
        try {
            return known.beans();
        } catch (ContextNotActiveException e) {
            // There is no request, hence no session's.
            return Optional.empty();
        }
    }
}
