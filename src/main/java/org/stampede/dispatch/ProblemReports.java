package org.stampede.dispatch;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.ObserverException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.stampede.broker.AwayException;
import org.stampede.messaging.BrokerAwayException;
import org.stampede.messaging.HandlerFailure;
import org.stampede.messaging.Problem;
import org.stampede.messaging.UnreadablePayloadException;
import org.stampede.security.AccessDeniedException;
import org.stampede.session.Subscriber;
import org.stampede.stomp.Quoted;

/** Tells the application, the sender and the log of a message that could not be handled. Thread-safe. */
final class ProblemReports {

    private static final Logger LOG = System.getLogger(ProblemReports.class.getName());

    private final Event<HandlerFailure> failures;

    ProblemReports(Event<HandlerFailure> failures) {
        this.failures = failures;
    }

    /** A message was not fit for its handler, or a subscription for its observer. */
    void refused(Occasion message, Problem problem) {
        tell(message, problem, Optional.empty());
    }

    /** Something was thrown on the way of a message. */
    void failed(ReceivedMessage message, Throwable thrown) {
        Throwable cause = cause(thrown);
        if (cause instanceof UnreadablePayloadException unreadable) {
            tell(message, Problems.unreadable(message, unreadable), Optional.of(cause));
            return;
        }
        if (cause instanceof UnfitMessageException unfit) {
            tell(message, Problems.unfit(message, unfit.faults()), Optional.of(cause));
            return;
        }
        if (cause instanceof HandlerTimeoutException late) {
            boolean understood = tell(message, Problems.late(message, late), Optional.of(cause));
            LOG.log(
                    understood ? Level.DEBUG : Level.WARNING,
                    "The handler of " + Quoted.of(message.destination()) + " did not end in time for session "
                            + message.sessionId() + ".");
            return;
        }
        if (cause instanceof BrokerAwayException away) {
            tell(
                    message,
                    Problems.away(message, String.valueOf(away.getMessage()), away.isPerhapsSent()),
                    Optional.of(cause));
            return;
        }
        if (cause instanceof AccessDeniedException) {
            tell(message, Problems.forbidden(message), Optional.of(cause));
            return;
        }
        var problem = Problems.failed(message);
        boolean understood = tell(message, problem, Optional.of(cause));
        LOG.log(
                understood ? Level.DEBUG : Level.ERROR,
                "The handler of " + Quoted.of(message.destination()) + " failed for session " + message.sessionId()
                        + ", " + problem.instance().orElse(""),
                cause);
    }

    /** A message did not reach the broker, as far as is known. */
    void away(ReceivedMessage message, AwayException cause) {
        send(message, Problems.away(message, cause.detail(), cause.isPerhapsSent()));
    }

    /** A subscription is over, since its user may no longer have it. */
    void revoked(Subscriber subscriber, BrokerMessenger messenger) {
        String sessionId = subscriber.peer().sessionId();
        try {
            Problems.send(
                    messenger,
                    sessionId,
                    Problems.ERRORS,
                    Problems.json(Problems.revoked(subscriber)),
                    Optional.empty());
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "A problem could not be sent to session " + sessionId + ".", e);
        }
    }

    /** What is behind the exceptions of those who merely pass one on. */
    private static Throwable cause(Throwable thrown) {
        Throwable cause = thrown.getCause();
        boolean wrapped = thrown instanceof ObserverException || thrown instanceof CompletionException;
        return wrapped && cause != null ? cause(cause) : thrown;
    }

    /** Tells the application, then the sender; returns whether an observer has replaced the problem. */
    private boolean tell(Occasion message, Problem problem, Optional<Throwable> cause) {
        var failure = new HandlerFailure(message.destination(), message.sessionId(), problem, cause);
        try {
            failures.fire(failure);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "An observer of HandlerFailure failed.", e);
        }
        send(message, failure.problem());
        return failure.problem() != problem;
    }

    private static void send(Occasion message, Problem problem) {
        try {
            message.sendProblem(Problems.json(problem));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "A problem could not be sent to session " + message.sessionId() + ".", e);
        }
    }
}
