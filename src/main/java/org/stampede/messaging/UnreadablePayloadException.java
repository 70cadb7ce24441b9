package org.stampede.messaging;

import java.util.List;
import org.stampede.messaging.Problem.Violation;

/**
 * The body of a message is not what its handler needs. The text and the violations are fit for the sender, who is told them;
 * the cause is not. Immutable.
 */
public class UnreadablePayloadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    /**
     * The body cannot be read at all: a problem of status 400.
     *
     * @param message a sentence for the sender
     */
    public UnreadablePayloadException(String message) {
        super(message);
        violations = List.of();
    }

    /**
     * The body cannot be read at all: a problem of status 400.
     *
     * @param message a sentence for the sender
     * @param cause   for the observers of {@link HandlerFailure}
     */
    public UnreadablePayloadException(String message, Throwable cause) {
        super(message, cause);
        violations = List.of();
    }

    /**
     * The body can be read, but does not fit: a problem of status 422.
     *
     * @param message    a sentence for the sender
     * @param violations what does not fit, at least one
     */
    public UnreadablePayloadException(String message, List<Violation> violations) {
        super(message);
        this.violations = List.copyOf(violations);
    }

    /**
     * What does not fit.
     *
     * @return empty if the body cannot be read at all
     */
    public List<Violation> violations() {
        return violations;
    }
}
