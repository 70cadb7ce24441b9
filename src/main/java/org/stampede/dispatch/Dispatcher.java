package org.stampede.dispatch;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.ObserverException;
import jakarta.validation.Validator;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.stampede.messaging.HandlerFailure;
import org.stampede.messaging.Problem;
import org.stampede.security.Peer;
import org.stampede.session.MessageHandlers;
import org.stampede.session.Subscriber;
import org.stampede.stomp.Frame;
import org.stampede.stomp.Quoted;

/**
 * Hands messages to the handlers of the application, and tells it of life-cycles: each call is a CDI event, fired with a request
 * context. What a handler throws ends here. Thread-safe.
 */
final class Dispatcher implements MessageHandlers {

    private static final Logger LOG = System.getLogger(Dispatcher.class.getName());
    private static final String ERRORS = "/queue/errors";

    private final HandlerTable table;
    private final LifeCycleEvents lifeCycle;
    private final Event<Object> events;
    private final RequestScope requests;
    private final CurrentMessage current;
    private final PayloadReader reader;
    private final Validator validator;
    private final BrokerMessenger messenger;

    Dispatcher(
            HandlerTable table,
            LifeCycleEvents lifeCycle,
            Event<Object> events,
            RequestScope requests,
            CurrentMessage current,
            PayloadReader reader,
            Validator validator,
            BrokerMessenger messenger) {
        this.table = table;
        this.lifeCycle = lifeCycle;
        this.events = events;
        this.requests = requests;
        this.current = current;
        this.reader = reader;
        this.validator = validator;
        this.messenger = messenger;
    }

    @Override
    public boolean handles(String destination) {
        return table.find(destination).isPresent();
    }

    @Override
    public CompletionStage<Boolean> handle(Frame send, Peer peer) {
        var match = table.find(send.header("destination").orElseThrow()).orElseThrow();
        var message = new ReceivedMessage(send, peer, match.variables(), messenger);
        return CompletableFuture.completedFuture(requests.call(() -> handle(message, match.row())));
    }

    private boolean handle(ReceivedMessage message, HandlerTable.Row row) {
        try {
            current.set(message);
            Object payload = reader.read(message, row.payload());
            var violations = validator.validate(payload);
            if (!violations.isEmpty()) {
                tell(message, Problems.invalid(message, violations), Optional.empty());
                return false;
            }
            row.event().fire(payload);
            return true;
        } catch (UnreadablePayloadException e) {
            tell(message, Problems.unreadable(message, e), Optional.of(e));
        } catch (RuntimeException e) {
            var problem = Problems.failed(message);
            LOG.log(
                    Level.ERROR,
                    "The handler of " + Quoted.of(message.destination()) + " failed, "
                            + problem.instance().orElse(""),
                    e);
            tell(message, problem, Optional.of(thrown(e)));
        }
        return false;
    }

    private static Throwable thrown(RuntimeException e) {
        return e instanceof ObserverException && e.getCause() != null ? e.getCause() : e;
    }

    private void tell(ReceivedMessage message, Problem problem, Optional<Throwable> cause) {
        messenger.sendToSession(
                message.sessionId(),
                ERRORS,
                Problems.json(problem),
                Map.of("content-type", "application/problem+json"));
        try {
            events.fire(new HandlerFailure(message.destination(), message.sessionId(), problem, cause));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "An observer of HandlerFailure failed.", e);
        }
    }

    @Override
    public void connected(Peer peer) {
        tell(() -> lifeCycle.connected(peer));
    }

    @Override
    public void disconnected(Peer peer) {
        tell(() -> lifeCycle.disconnected(peer));
    }

    @Override
    public void subscribed(Subscriber subscriber) {
        tell(() -> lifeCycle.subscribed(subscriber));
    }

    @Override
    public void unsubscribed(Subscriber subscriber) {
        tell(() -> lifeCycle.unsubscribed(subscriber));
    }

    /** Fires events of which the session does not depend: what an observer throws is logged. */
    private void tell(Runnable action) {
        Supplier<Boolean> asSupplier = () -> {
            action.run();
            return true;
        };
        try {
            requests.call(asSupplier);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "An observer of a session's life-cycle failed.", e);
        }
    }
}
