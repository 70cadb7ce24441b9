package org.stampede.messaging;

import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Injects into a {@link Destination} handler a header of the message, or into an observer of {@link Subscribed} one of the SUBSCRIBE, converted to the type of the parameter as with
 * {@link DestinationVariable}.
 *
 * <pre>{@code
 * void order(@Observes @Destination("/app/order") Order order,
 *         @Header("priority") int priority,                            // required
 *         @Header(value = "currency", defaultValue = "EUR") String currency,
 *         @Header("expires") Optional<Instant> expires) { ... }
 * }</pre>
 *
 * <p>A header is required, unless it has a default value or the parameter is an {@code Optional}. One that is missing, or
 * that cannot be converted, never reaches a handler: its sender is told by a {@link Problem} of status 400.
 */
@Qualifier
@Documented
@Retention(RUNTIME)
@Target(PARAMETER)
public @interface Header {

    /** Stands for the lack of a default value. No header has this value by chance. */
    String NONE = "\u0000";

    /**
     * The name of the header.
     *
     * @return the case-sensitive name; of a repeated header the first entry counts
     */
    String value();

    /**
     * What a missing header is taken for.
     *
     * @return the value as text; by default there is none, and the header is required
     */
    String defaultValue() default NONE;
}
