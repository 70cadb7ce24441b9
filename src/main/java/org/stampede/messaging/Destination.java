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
 * Makes an observer method the handler of a destination: it is called for each SEND (STOMP 1.2, section SEND) whose
 * destination matches the pattern.
 *
 * <pre>{@code
 * void trade(@Observes @Destination("/queue/trade") TradeOrder order, Message message) { ... }
 * }</pre>
 *
 * <p>The observed type is the type of the payload: the body is converted to it, and validated, before the method is
 * called. In the pattern {@code {name}} and {@code *} stand for one part of the destination ({@code .} and {@code /}
 * separate parts), {@code **} at the end for all the rest. Further parameters take what else is needed:
 * {@link DestinationVariable} the text behind a {@code {name}}, {@link Header} a header, {@link Sender} the user,
 * {@link Message} all of it; any other parameter is a bean. If several patterns match, the most specific one is chosen. Frames of one session are handled
 * one at a time, in the order in which they were sent.
 *
 * <p>Handlers are checked at deployment, and all faults are reported together: a malformed pattern, one under
 * {@code /user/}, an asynchronous observer ({@code @ObservesAsync}, which would lose the order), a further qualifier, a type
 * that no payload can have (types read by JSON Binding are public and not generic), observers of one pattern that disagree
 * about the type or write the pattern differently.
 */
@Qualifier
@Documented
@Retention(RUNTIME)
@Target({PARAMETER, FIELD, METHOD, TYPE})
public @interface Destination {

    /**
     * The pattern of the destinations that are handled.
     *
     * @return the pattern as written, for example {@code /topic/price.stock.{ticker}}
     */
    String value();

    /** The qualifier as a value, for {@code Event.select}. Immutable. */
    final class Literal extends AnnotationLiteral<Destination> implements Destination {

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
