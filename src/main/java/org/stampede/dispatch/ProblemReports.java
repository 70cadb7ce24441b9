package org.stampede.dispatch;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.ObserverException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.stampede.messaging.HandlerFailure;
import org.stampede.messaging.Problem;
import org.stampede.stomp.Quoted;

/** Tells senders, and those who observe {@link HandlerFailure}, that a message was not handled. Thread-safe. */
final class ProblemReports {

    private static final Logger LOG = System.getLogger(ProblemReports.class.getName());

    private final Event<HandlerFailure> failures;

    ProblemReports(Event<HandlerFailure> failures) {
        this.failures = failures;
    }

    /** A message was not fit for its handler. */
    void refused(ReceivedMessage message, Problem problem) {
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
        var problem = Problems.failed(message);
        LOG.log(
                Level.ERROR,
                "The handler of " + Quoted.of(message.destination()) + " failed for session " + message.sessionId()
                        + ", " + problem.instance().orElse(""),
                cause);
        tell(message, problem, Optional.of(cause));
    }

    /** What is behind the exceptions of those who merely pass one on. */
    private static Throwable cause(Throwable thrown) {
        Throwable cause = thrown.getCause();
        boolean wrapped = thrown instanceof ObserverException || thrown instanceof CompletionException;
        return wrapped && cause != null ? cause(cause) : thrown;
    }

    private void tell(ReceivedMessage message, Problem problem, Optional<Throwable> cause) {
        try {
            message.sendProblem(Problems.json(problem));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "A problem could not be sent to session " + message.sessionId() + ".", e);
        }
        try {
            failures.fire(new HandlerFailure(message.destination(), message.sessionId(), problem, cause));
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "An observer of HandlerFailure failed.", e);
        }
    }
}
