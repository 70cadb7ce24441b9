package org.stampede.dispatch;

import jakarta.enterprise.event.Event;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import org.stampede.messaging.HandlerFailure;
import org.stampede.messaging.Message;
import org.stampede.messaging.Messenger;
import org.stampede.messaging.Problem;
import org.stampede.stomp.Quoted;

/** Tells the application, the log and the sender, in this order, of a message that could not be handled. Thread-safe. */
final class Failures {

    private static final Logger LOG = System.getLogger(Failures.class.getName());
    private static final String ERRORS = "/queue/errors";

    private final Event<HandlerFailure> events;
    private final Messenger messenger;

    /** @param messenger leaves transactions aside, since a rollback is what the sender must hear of */
    Failures(Event<HandlerFailure> events, Messenger messenger) {
        this.events = events;
        this.messenger = messenger;
    }

    /** The handler threw what it should not have. */
    void failed(Message message, Throwable cause) {
        var problem = Problems.failed(message);
        boolean understood = fire(message, problem, Optional.of(cause));
        LOG.log(
                understood ? Level.DEBUG : Level.ERROR,
                "The handler of " + Quoted.of(message.destination()) + " failed for session " + message.sessionId()
                        + ", " + problem.instance().orElse(""),
                cause);
    }

    /** The message is not as it should be. */
    void refused(Message message, Problem problem, Optional<Throwable> cause) {
        fire(message, problem, cause);
    }

    /** Returns whether an observer has replaced the problem. */
    private boolean fire(Message message, Problem problem, Optional<Throwable> cause) {
        var failure = new HandlerFailure(message.destination(), message.sessionId(), problem, cause);
        try {
            events.fire(failure);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "An observer of HandlerFailure failed.", e);
        }
        tell(message, failure.problem());
        return failure.problem() != problem;
    }

    private void tell(Message message, Problem problem) {
        try {
            messenger.sendToSession(
                    message.sessionId(),
                    ERRORS,
                    Problems.json(problem),
                    Map.of("content-type", "application/problem+json"));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "A problem could not be sent to session " + message.sessionId() + ".", e);
        }
    }
}
