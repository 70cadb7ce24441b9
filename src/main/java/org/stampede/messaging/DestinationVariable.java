package org.stampede.messaging;

import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Injects into a {@link Destination} handler, or an observer of {@link Subscribed} or {@link Unsubscribed}, the part of the destination that a {@code {name}} of its pattern stands for,
 * converted to the type of the parameter.
 *
 * <pre>{@code
 * void cancel(@Observes @Destination("/app/order.{id}.cancel") String reason, @DestinationVariable("id") UUID order) { ... }
 * }</pre>
 *
 * <p>The type is {@code String}, a primitive type or its class, {@code BigDecimal}, {@code BigInteger}, {@code UUID}, an enum
 * (by the names of its constants), or a type of {@code java.time} (in ISO form). What cannot be converted never reaches a
 * handler: its sender is told by a {@link Problem} of status 400. Another type, or a name that the pattern lacks, fails the
 * deployment.
 *
 * <p>Of a subscription, where the client wrote a wildcard, an {@code Optional} is empty, and a {@code String} is {@code *}. What cannot
 * be converted is told to the subscriber, whose subscription stands; at its end it is passed over.
 */
@Qualifier
@Documented
@Retention(RUNTIME)
@Target(PARAMETER)
public @interface DestinationVariable {

    /**
     * The name of the variable, without braces.
     *
     * @return the name; if empty, it is that of the parameter, which takes classes compiled with {@code -parameters}
     */
    String value() default "";

    /** The qualifier as a value. Immutable. */
    final class Literal extends AnnotationLiteral<DestinationVariable> implements DestinationVariable {

        private static final long serialVersionUID = 1L;

        private final String value;

        private Literal(String value) {
            this.value = value;
        }

        /**
         * The qualifier with this name.
         *
         * @param value the name of the variable
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
