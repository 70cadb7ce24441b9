package org.stampede.messaging;

import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Injects into a {@link Destination} handler the user who sent the message, or into an observer of {@link Subscribed} or
 * {@link Unsubscribed} the user whose subscription it is: the one of the STOMP session, which the
 * container's own {@code Principal} (the caller of a request over HTTP) knows nothing of.
 *
 * <pre>{@code
 * void trade(@Observes @Destination("/queue/trade") TradeOrder order, @Sender Principal trader) { ... }
 * }</pre>
 *
 * <p>The parameter is a {@code Principal}, and whoever is not logged in is told so by a {@link Problem} of status 401; or it
 * is an {@code Optional<Principal>}, and anybody may send.
 */
@Qualifier
@Documented
@Retention(RUNTIME)
@Target(PARAMETER)
public @interface Sender {}
