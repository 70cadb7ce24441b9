package org.stampede.messaging;

import java.util.List;
import java.util.Optional;

/**
 * What went wrong with a message, as its sender is told: a JSON object with the fields of RFC 9457 (section 3.1), sent with
 * content type {@code application/problem+json} to the sender's {@code /user/queue/errors}. Immutable.
 *
 * @param type        a URI reference that names the kind of problem, for example {@code urn:stampede:problem:invalid-payload}
 * @param title       a short sentence for the kind of problem
 * @param status      the HTTP status code that comes nearest: 400, 401, 415, 422, 500, 503 or 504, or one of the application
 * @param detail      what is wrong with this very message, for a human reader
 * @param instance    an id under which the server's log has more, if it has
 * @param destination where the message had been sent to
 * @param receiptId   the {@code receipt} header of the message, if it had one; no RECEIPT will follow
 * @param violations  the invalid parts of the message: of the payload if the status is 422, else headers and, in braces,
 *                    variables of the destination
 */
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        Optional<String> instance,
        String destination,
        Optional<String> receiptId,
        List<Violation> violations) {

    /** Copies the list. */
    public Problem {
        violations = List.copyOf(violations);
    }

    /**
     * Another problem with the same message: the place, receipt and violations stay, the instance does not.
     *
     * @param newType   a URI reference that names the kind of problem
     * @param newTitle  a short sentence for the kind of problem
     * @param newStatus the HTTP status code that comes nearest
     * @param newDetail what is wrong with this very message
     * @return the other problem
     */
    public Problem as(String newType, String newTitle, int newStatus, String newDetail) {
        return new Problem(
                newType, newTitle, newStatus, newDetail, Optional.empty(), destination, receiptId, violations);
    }

    /**
     * One invalid part of a payload. Immutable.
     *
     * @param path    where, as a path of property names, for example {@code shares}
     * @param message what is wrong, for example {@code must be greater than 0}
     */
    public record Violation(String path, String message) {}
}
