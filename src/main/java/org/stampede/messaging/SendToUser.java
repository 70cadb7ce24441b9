package org.stampede.messaging;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Sends what a method returns to a user, under the same rules as {@link SendTo}.
 *
 * <pre>{@code
 * @SendToUser("/queue/trades")
 * Trade trade(@Observes @Destination("/queue/trade") TradeOrder order) { return market.execute(order); }
 * }</pre>
 *
 * <p>While a message is being handled, the user is its sender; a sender who is not logged in is reached in his session. In any
 * other call it is the caller that Jakarta Security knows, for example in a REST resource; if there is none, the call fails
 * with {@link IllegalStateException} before the method's body runs.
 */
@InterceptorBinding
@Inherited
@Documented
@Retention(RUNTIME)
@Target({METHOD, TYPE})
public @interface SendToUser {

    /**
     * Where to.
     *
     * @return destinations, for example {@code /queue/trades} for clients subscribed to {@code /user/queue/trades}
     */
    @Nonbinding
    String[] value();

    /**
     * Whether all sessions of the user are sent to, or only the one whose message is being handled.
     *
     * @return true for all, as by {@link Messenger#sendToUser}; false makes sense in handlers only
     */
    @Nonbinding
    boolean allSessions() default true;
}
