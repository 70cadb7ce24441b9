package org.stampede.messaging;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Qualifies the {@link SubscriptionEvent} that tells of a new subscription (STOMP 1.2, section SUBSCRIBE) which covers
 * destinations of the pattern. It is fired after the subscription exists and its RECEIPT is on its way, and before the
 * first MESSAGE of it: what the observer sends with {@link SubscriptionEvent#send} arrives before any live message.
 */
@Qualifier
@Documented
@Retention(RUNTIME)
@Target({PARAMETER, FIELD, METHOD, TYPE})
public @interface Subscribed {

    /**
     * The pattern of the destinations whose subscribers are told of, as in {@link Destination}.
     *
     * @return the pattern as written, for example {@code /topic/price.stock.{ticker}}
     */
    String value();

    /** The qualifier as a value, for {@code Event.select}. Immutable. */
    final class Literal extends AnnotationLiteral<Subscribed> implements Subscribed {

        private static final long serialVersionUID = 1L;

        private final String value;

        private Literal(String value) {
            this.value = value;
        }

        /**
         * The qualifier with this pattern.
         *
         * @param value the destination pattern
         * @return the literal
         */
        public static Literal of(String value) {
            return new Literal(value);
        }

        @Override
        public String value() {
            return value;
        }
    }
}
