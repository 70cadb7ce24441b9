package org.stampede.stocks;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/** Demands the symbol of a stock that is listed on the exchange. {@code null} is valid, as with most constraints. */
@Documented
@Retention(RUNTIME)
@Target({FIELD, PARAMETER})
@Constraint(validatedBy = ListedTicker.Validator.class)
public @interface ListedTicker {

    /**
     * What to say otherwise.
     *
     * @return the message
     */
    String message() default "must be a listed ticker, such as MMM";

    /**
     * Demanded by Bean Validation.
     *
     * @return the validation groups
     */
    Class<?>[] groups() default {};

    /**
     * Demanded by Bean Validation.
     *
     * @return the payload
     */
    Class<? extends Payload>[] payload() default {};

    /** Looks the symbol up. Thread-safe. */
    final class Validator implements ConstraintValidator<ListedTicker, String> {

        @Override
        public boolean isValid(@Nullable String ticker, ConstraintValidatorContext context) {
            return ticker == null || Stock.withTicker(ticker).isPresent();
        }
    }
}
