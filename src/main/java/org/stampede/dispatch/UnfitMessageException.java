package org.stampede.dispatch;

import java.util.List;
import org.stampede.messaging.Problem.Violation;

/** A header of a message keeps its handler from doing its work. The text is fit for the sender. */
final class UnfitMessageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Violation fault;

    UnfitMessageException(Violation fault) {
        super(fault.path() + " " + fault.message());
        this.fault = fault;
    }

    List<Violation> faults() {
        return List.of(fault);
    }
}
