package org.stampede.dispatch;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.stampede.broker.AwayException;
import org.stampede.messaging.Problem;
import org.stampede.security.Peer;
import org.stampede.session.MessageHandlers;
import org.stampede.session.Subscriber;
import org.stampede.stomp.Frame;
import org.stampede.stomp.Headers;

/**
 * Hands messages to the handlers of the application: each is a CDI event, fired with a request context. What a handler throws
 * ends here, errors included: one bad message must not be the end of its session. Thread-safe.
 */
final class Dispatcher implements MessageHandlers {

    private final HandlerTable table;
    private final LifeCycleEvents lifeCycle;
    private final ProblemReports reports;
    private final RequestScope requests;
    private final CurrentMessage current;
    private final PayloadReader reader;
    private final PayloadValidator validator;
    private final BooleanSupplier leftovers;
    private final BrokerMessenger messenger;
    private final ResultDeadline deadline;
    /** Session id to attributes, of the sessions that have sent something here. */
    private final Map<String, Attributes> attributesOf = new ConcurrentHashMap<>();

    Dispatcher(
            HandlerTable table,
            LifeCycleEvents lifeCycle,
            ProblemReports reports,
            RequestScope requests,
            CurrentMessage current,
            PayloadReader reader,
            PayloadValidator validator,
            BooleanSupplier leftovers,
            BrokerMessenger messenger,
            ResultDeadline deadline) {
        this.table = table;
        this.lifeCycle = lifeCycle;
        this.reports = reports;
        this.requests = requests;
        this.current = current;
        this.reader = reader;
        this.validator = validator;
        this.leftovers = leftovers;
        this.messenger = messenger;
        this.deadline = deadline;
    }

    @Override
    public boolean handles(String destination) {
        return table.find(destination).isPresent();
    }

    @Override
    public CompletionStage<Boolean> handle(Frame send, Peer peer) {
        var match = table.find(send.header("destination").orElseThrow()).orElseThrow();
        var attributes = attributesOf.computeIfAbsent(peer.sessionId(), id -> new Attributes());
        var message = new ReceivedMessage(send, peer, match.variables(), messenger, attributes);
        return requests.call(peer.sessionId(), () -> handle(message, peer, match.row()));
    }

    private CompletionStage<Boolean> handle(ReceivedMessage message, Peer peer, HandlerTable.Row row) {
        var arguments = Arguments.of(row.arguments(), message);
        current.begin(message, arguments);
        try {
            if (!row.isOpenTo(peer)) {
                return refused(message, Problems.forbidden(message));
            }
            if (arguments.lacksSender()) {
                return refused(message, Problems.anonymous(message));
            }
            if (!arguments.faults().isEmpty()) {
                return refused(message, Problems.unfit(message, arguments.faults()));
            }
            return fire(message, row);
        } catch (RuntimeException | Error e) {
            reports.failed(message, e);
            return CompletableFuture.completedFuture(false);
        } finally {
            current.end();
        }
    }

    private CompletionStage<Boolean> fire(ReceivedMessage message, HandlerTable.Row row) {
        var reading = reader.read(message, row.payload());
        var violations = reading.violations().isEmpty()
                ? validator.violations(reading.payload(), message)
                : reading.violations();
        if (!violations.isEmpty()) {
            return refused(message, Problems.invalid(message, violations));
        }
        call(row, reading.payload());
        return deadline.of(current.awaited())
                .handle((nothing, failure) -> failure == null || failedLater(message, failure));
    }

    /** What handlers leave open would be the transaction of whatever the thread does next. */
    private void call(HandlerTable.Row row, Object payload) {
        boolean left;
        try {
            row.event().fire(payload);
        } finally {
            left = leftovers.getAsBoolean();
        }
        if (left) {
            throw new IllegalStateException("A handler began a transaction and left it open; it was rolled back.");
        }
    }

    private CompletionStage<Boolean> refused(ReceivedMessage message, Problem problem) {
        reports.refused(message, problem);
        return CompletableFuture.completedFuture(false);
    }

    /** A stage may fail on any thread, and those who observe failures may ask for the message. */
    private boolean failedLater(ReceivedMessage message, Throwable failure) {
        return requests.call(message.sessionId(), () -> {
            current.begin(message, Arguments.NONE);
            try {
                reports.failed(message, failure);
            } finally {
                current.end();
            }
            return false;
        });
    }

    @Override
    public void connected(Peer peer) {
        lifeCycle.connected(peer);
    }

    @Override
    public void disconnected(Peer peer) {
        lifeCycle.disconnected(peer);
        attributesOf.remove(peer.sessionId());
    }

    @Override
    public void subscribed(Subscriber subscriber, Headers headers) {
        lifeCycle.subscribed(subscriber, headers);
    }

    @Override
    public void unsubscribed(Subscriber subscriber) {
        lifeCycle.unsubscribed(subscriber);
    }

    @Override
    public void undelivered(Frame frame, Peer peer, AwayException cause) {
        Frame placed = frame.headers().contains("destination")
                ? frame
                : frame.with(frame.headers().plus("destination", ""));
        reports.away(new ReceivedMessage(placed, peer, Map.of(), messenger, new Attributes()), cause);
    }

    @Override
    public void revoked(Subscriber subscriber) {
        reports.revoked(subscriber, messenger);
    }
}
