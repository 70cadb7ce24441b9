package org.stampede.dispatch;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.stampede.messaging.Message;
import org.stampede.messaging.Problem.Violation;

/** Validates payloads by Jakarta Validation, the elements of an array one by one. Thread-safe. */
final class PayloadValidator {

    /** Node names such as {@code <list element>}, which mean nothing to a sender. */
    private static final Pattern UNNAMED = Pattern.compile("\\.?<[^>]*>");

    private final ValidatorFactory factory;
    /**
     * Null until there is something to validate. The server may be started by a timer while another thread still starts the
     * application; the factory, a bean, would then wait for a lock of that thread, and that thread for the server.
     */
    private volatile @Nullable Validator validator;

    /** Does not touch the factory yet. */
    PayloadValidator(ValidatorFactory factory) {
        this.factory = factory;
    }

    /** What is invalid, in the language of the message if it names one, else in that of the server. */
    List<Violation> violations(Object payload, Message message) {
        var found = violations(payload, usual());
        var locale = message.header(Languages.HEADER).flatMap(Languages::preferred);
        return found.isEmpty() || locale.isEmpty() ? found : violations(payload, speaking(locale.get()));
    }

    private Validator usual() {
        Validator known = validator;
        if (known == null) {
            known = factory.getValidator();
            validator = known;
        }
        return known;
    }

    private Validator speaking(Locale locale) {
        var texts = new Languages.Interpolator(factory.getMessageInterpolator(), locale);
        return factory.usingContext().messageInterpolator(texts).getValidator();
    }

    private static List<Violation> violations(Object payload, Validator validator) {
        var found = new ArrayList<Violation>();
        if (payload instanceof Object[] elements) {
            for (int i = 0; i < elements.length; i++) {
                if (elements[i] != null) {
                    validate(validator, elements[i], "[" + i + "]", found);
                }
            }
        } else {
            validate(validator, payload, "", found);
        }
        return found;
    }

    private static void validate(Validator validator, Object bean, String at, List<Violation> found) {
        for (ConstraintViolation<Object> violation : validator.validate(bean)) {
            String path =
                    UNNAMED.matcher(violation.getPropertyPath().toString()).replaceAll("");
            String separator = at.isEmpty() || path.isEmpty() ? "" : ".";
            found.add(new Violation(at + separator + path, violation.getMessage()));
        }
    }
}
