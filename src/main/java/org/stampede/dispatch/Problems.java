package org.stampede.dispatch;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.stampede.messaging.Problem;
import org.stampede.messaging.Problem.Violation;
import org.stampede.messaging.UnreadablePayloadException;
import org.stampede.session.Subscriber;
import org.stampede.stomp.Quoted;

/** Says what went wrong with a message, in the terms of RFC 9457. Stateless. */
final class Problems {

    /** Where a session gets problems that belong to no reply. */
    static final String ERRORS = "/queue/errors";

    private static final String TYPE = "urn:stampede:problem:";

    /** Enough to be helpful; a sender must not get many times back what he sent. */
    static final int MOST_VIOLATIONS = 50;

    private static final Comparator<Violation> ORDER =
            Comparator.comparing(Violation::path).thenComparing(Violation::message);

    private Problems() {}

    static Problem unreadable(Occasion message, UnreadablePayloadException cause) {
        boolean unsupported = cause instanceof UnsupportedContentException;
        return about(
                message,
                unsupported ? "unsupported-content-type" : "unreadable-payload",
                unsupported ? "The content type is not supported." : "The body cannot be read.",
                unsupported ? 415 : 400,
                String.valueOf(cause.getMessage()),
                List.of());
    }

    /** What is missing of a message beside its payload, or cannot be converted. */
    static Problem unfit(Occasion message, List<Violation> faults) {
        return about(
                message,
                "invalid-argument",
                "The destination or a header is not what is needed.",
                400,
                faults.stream()
                        .map(fault -> fault.path() + " " + fault.message())
                        .collect(Collectors.joining("; ", "", ".")),
                faults);
    }

    static Problem anonymous(Occasion message) {
        return about(
                message,
                "not-logged-in",
                "Nobody is logged in.",
                401,
                "What is sent here needs a sender who is logged in.",
                List.of());
    }

    static Problem forbidden(Occasion message) {
        return about(
                message,
                "forbidden",
                "The sender may not do this.",
                403,
                "What is sent here needs rights that the sender does not have.",
                List.of());
    }

    static Problem revoked(Subscriber subscriber) {
        return new Problem(
                TYPE + "subscription-ended",
                "The subscription has ended.",
                403,
                "By the new login the subscription " + Quoted.of(subscriber.id()) + " is no longer allowed.",
                Optional.empty(),
                subscriber.destination(),
                Optional.empty(),
                List.of());
    }

    static Problem invalid(Occasion message, List<Violation> violations) {
        int count = violations.size();
        boolean all = count <= MOST_VIOLATIONS;
        return about(
                message,
                "invalid-payload",
                "The payload is not valid.",
                422,
                all
                        ? "The payload has " + count + (count == 1 ? " fault." : " faults.")
                        : "The payload has more than " + MOST_VIOLATIONS + " faults, of which some are listed.",
                violations.stream().sorted(ORDER).limit(MOST_VIOLATIONS).toList());
    }

    /** A failure whose details are not for the sender: they stay in the log, under the problem's instance. */
    static Problem failed(Occasion message) {
        return new Problem(
                TYPE + "handler-failed",
                "The message could not be handled.",
                500,
                "The server failed while it handled the message; its log has more under the id of this problem.",
                Optional.of("urn:uuid:" + UUID.randomUUID()),
                message.destination(),
                message.header("receipt"),
                List.of());
    }

    /** A handler's stage did not complete in time. */
    static Problem late(Occasion message, HandlerTimeoutException cause) {
        return about(
                message,
                "handler-timeout",
                "The message was not handled in time.",
                504,
                String.valueOf(cause.getMessage()),
                List.of());
    }

    /** The broker is out of reach, or did not confirm what was sent. */
    static Problem away(Occasion message, String detail, boolean perhaps) {
        return about(
                message,
                perhaps ? "unconfirmed" : "broker-away",
                perhaps ? "It is not known whether the broker has the message." : "The broker is out of reach.",
                perhaps ? 504 : 503,
                detail,
                List.of());
    }

    /** A problem with a message that the log has nothing more about. */
    private static Problem about(
            Occasion message, String type, String title, int status, String detail, List<Violation> violations) {
        return new Problem(
                TYPE + type,
                title,
                status,
                detail,
                Optional.empty(),
                message.destination(),
                message.header("receipt"),
                violations);
    }

    /** Sends a problem as a JSON object to a session. */
    static void send(
            BrokerMessenger messenger, String sessionId, String place, String json, Optional<String> correlation) {
        var headers = new HashMap<String, String>();
        headers.put("content-type", "application/problem+json");
        correlation.ifPresent(id -> headers.put("correlation-id", id));
        // A rollback is what the sender must hear of.
        messenger.immediately().sendToSession(sessionId, place, json, headers);
    }

    /** The problem as a JSON object. */
    static String json(Problem problem) {
        JsonArrayBuilder violations = Json.createArrayBuilder();
        for (Violation violation : problem.violations()) {
            violations.add(
                    Json.createObjectBuilder().add("path", violation.path()).add("message", violation.message()));
        }
        var object = Json.createObjectBuilder()
                .add("type", problem.type())
                .add("title", problem.title())
                .add("status", problem.status())
                .add("detail", problem.detail());
        problem.instance().ifPresent(instance -> object.add("instance", instance));
        object.add("destination", problem.destination());
        problem.receiptId().ifPresent(id -> object.add("receipt-id", id));
        return object.add("violations", violations).build().toString();
    }
}
