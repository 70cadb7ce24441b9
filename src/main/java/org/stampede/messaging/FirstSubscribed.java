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
 * Qualifies the {@link DestinationEvent} fired when a destination that had no subscription has one: the time to start a
 * feed. Each is followed by one {@link LastUnsubscribed} before the next.
 *
 * <p>A destination here is the text that clients subscribe to. A subscription with a wildcard counts for that text, and not
 * for the destinations it covers: {@code /topic/price.*} is told of as itself, with {@code *} for the variable. That of
 * users, such as {@code /user/queue/news}, counts for all users together.
 *
 * <p>The events of one destination are told one at a time and in order: to the first subscriber before its own
 * {@link Subscribed}, so that the feed runs when the snapshot is taken. While an observer is at work, changes wait for
 * it, and no session waits for them; so the observer may run on a thread of another session, outside the scope of any
 * session. If very many wait, those that cancel each other out are left out, in pairs.
 */
@Qualifier
@Documented
@Retention(RUNTIME)
@Target({PARAMETER, FIELD, METHOD, TYPE})
public @interface FirstSubscribed {

    /**
     * The pattern of the destinations that are told of, as in {@link Destination}.
     *
     * @return the pattern as written, for example {@code /topic/price.stock.{ticker}}
     */
    String value();

    /** The qualifier as a value, for {@code Event.select}. Immutable. */
    final class Literal extends AnnotationLiteral<FirstSubscribed> implements FirstSubscribed {

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
