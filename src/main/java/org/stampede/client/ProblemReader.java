package org.stampede.client;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.stampede.messaging.Problem;
import org.stampede.messaging.Problem.Violation;

/** Reads problems. As RFC 9457 (section 3.1) demands, what is missing or of the wrong type counts as absent. Stateless. */
final class ProblemReader {

    private static final String CONTENT_TYPE = "application/problem+json";
    private static final PayloadType<Map<String, Object>> OBJECT = new PayloadType<>() {};

    private ProblemReader() {}

    static boolean isProblem(ReceivedMessage message) {
        return message.header("content-type")
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith(CONTENT_TYPE))
                .isPresent();
    }

    /** The problem; if the message is no JSON object, or nobody can read JSON, its detail is the whole text. */
    static Problem read(ReceivedMessage message) {
        try {
            return problem(message.as(OBJECT));
        } catch (IllegalArgumentException | IllegalStateException e) {
            return problem(Map.of("detail", message.text()));
        }
    }

    private static Problem problem(Map<String, Object> fields) {
        return new Problem(
                text(fields, "type").orElse("about:blank"),
                text(fields, "title").orElse(""),
                fields.get("status") instanceof Number status ? status.intValue() : 0,
                text(fields, "detail").orElse(""),
                text(fields, "instance"),
                text(fields, "destination").orElse(""),
                text(fields, "receipt-id"),
                fields.get("violations") instanceof List<?> violations ? violations(violations) : List.of());
    }

    private static List<Violation> violations(List<?> violations) {
        return violations.stream()
                .filter(Map.class::isInstance)
                .map(one -> violation((Map<?, ?>) one))
                .toList();
    }

    private static Violation violation(Map<?, ?> fields) {
        return new Violation(
                text(fields, "path").orElse(""), text(fields, "message").orElse(""));
    }

    private static Optional<String> text(Map<?, ?> fields, String name) {
        return fields.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
