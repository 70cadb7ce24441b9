package org.stampede.dispatch;

import jakarta.enterprise.event.ObserverException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.stampede.messaging.UnreadablePayloadException;
import org.stampede.security.Peer;
import org.stampede.session.MessageHandlers;
import org.stampede.session.Subscriber;
import org.stampede.stomp.Frame;

/**
 * Hands messages to the handlers of the application: each is a CDI event, fired with a request context. What a handler throws
 * ends here, errors included: one bad message must not be the end of its session. Thread-safe.
 */
final class Dispatcher implements MessageHandlers {

    private final HandlerTable table;
    private final LifeCycleEvents lifeCycle;
    private final Failures failures;
    private final RequestScope requests;
    private final CurrentMessage current;
    private final PayloadReader reader;
    private final PayloadValidator validator;
    private final BrokerMessenger messenger;

    Dispatcher(
            HandlerTable table,
            LifeCycleEvents lifeCycle,
            Failures failures,
            RequestScope requests,
            CurrentMessage current,
            PayloadReader reader,
            PayloadValidator validator,
            BrokerMessenger messenger) {
        this.table = table;
        this.lifeCycle = lifeCycle;
        this.failures = failures;
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
        current.set(message);
        try {
            var reading = reader.read(message, row.payload());
            var violations = reading.violations().isEmpty()
                    ? validator.violations(reading.payload(), message)
                    : reading.violations();
            if (violations.isEmpty()) {
                row.event().fire(reading.payload());
                return true;
            }
            failures.refused(message, Problems.invalid(message, violations), Optional.empty());
        } catch (UnreadablePayloadException e) {
            failures.refused(message, Problems.unreadable(message, e), Optional.of(e));
        } catch (RuntimeException | Error e) {
            failures.failed(message, e instanceof ObserverException && e.getCause() != null ? e.getCause() : e);
        } finally {
            current.clear();
        }
        return false;
    }

    @Override
    public void connected(Peer peer) {
        lifeCycle.connected(peer);
    }

    @Override
    public void disconnected(Peer peer) {
        lifeCycle.disconnected(peer);
    }

    @Override
    public void subscribed(Subscriber subscriber) {
        lifeCycle.subscribed(subscriber);
    }

    @Override
    public void unsubscribed(Subscriber subscriber) {
        lifeCycle.unsubscribed(subscriber);
    }
}
