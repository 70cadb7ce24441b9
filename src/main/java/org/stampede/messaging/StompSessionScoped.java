package org.stampede.messaging;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.context.NormalScope;
import java.lang.annotation.Documented;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * The scope of beans of which each session has its own, from CONNECT to its end: what {@code @SessionScoped} is to HTTP.
 *
 * <p>It is active where one session is dealt with: in handlers ({@link Destination}), observers of {@link HandlerFailure},
 * {@link Connected}, {@link Disconnected}, {@link Subscribed} and {@link Unsubscribed}, inbound
 * {@linkplain FrameInterceptor interceptors} after CONNECT, and the {@code @PreDestroy} methods of its own beans, which are
 * called once, after {@link Disconnected}, in whatever way the session ends. It is not active elsewhere, such as in
 * timers, REST resources, threads that a handler starts, and observers of {@link Online}, {@link Offline},
 * {@link FirstSubscribed} and {@link LastUnsubscribed}: there the container throws
 * {@link jakarta.enterprise.context.ContextNotActiveException}.
 *
 * <p>Since what happens in a session happens one at a time, its beans need no locks.
 */
@NormalScope
@Inherited
@Documented
@Retention(RUNTIME)
@Target({TYPE, METHOD, FIELD})
public @interface StompSessionScoped {}
