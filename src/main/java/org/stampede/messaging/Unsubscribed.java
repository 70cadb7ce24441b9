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
 * Qualifies the {@link SubscriptionEvent} that tells of the end of a subscription, whether by UNSUBSCRIBE (STOMP 1.2,
 * section UNSUBSCRIBE) or because its session ended. Each subscription that was reported by {@link Subscribed} is
 * reported once.
 */
@Qualifier
@Documented
@Retention(RUNTIME)
@Target({PARAMETER, FIELD, METHOD, TYPE})
public @interface Unsubscribed {

    /**
     * The pattern of the destinations whose former subscribers are told of, as in {@link Destination}.
     *
     * @return the pattern as written, for example {@code /topic/price.stock.{ticker}}
     */
    String value();

    /** The qualifier as a value, for {@code Event.select}. Immutable. */
    final class Literal extends AnnotationLiteral<Unsubscribed> implements Unsubscribed {

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
