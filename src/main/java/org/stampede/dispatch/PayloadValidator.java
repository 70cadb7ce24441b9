package org.stampede.dispatch;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.stampede.messaging.Problem.Violation;

/** Validates payloads by Jakarta Validation, the elements of an array one by one. Thread-safe. */
final class PayloadValidator {

    /** Node names such as {@code <list element>}, which mean nothing to a sender. */
    private static final Pattern UNNAMED = Pattern.compile("\\.?<[^>]*>");

    private final Validator validator;

    PayloadValidator(Validator validator) {
        this.validator = validator;
    }

    /** What is invalid. */
    List<Violation> violations(Object payload) {
        var found = new ArrayList<Violation>();
        if (payload instanceof Object[] elements) {
            for (int i = 0; i < elements.length; i++) {
                if (elements[i] != null) {
                    validate(elements[i], "[" + i + "]", found);
                }
            }
        } else {
            validate(payload, "", found);
        }
        return found;
    }

    private void validate(Object bean, String at, List<Violation> found) {
        for (ConstraintViolation<Object> violation : validator.validate(bean)) {
            String path =
                    UNNAMED.matcher(violation.getPropertyPath().toString()).replaceAll("");
            String separator = at.isEmpty() || path.isEmpty() ? "" : ".";
            found.add(new Violation(at + separator + path, violation.getMessage()));
        }
    }
}
