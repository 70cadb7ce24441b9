package org.stampede.session;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.stampede.broker.BrokerSession;
import org.stampede.destination.UserDestination;
import org.stampede.security.AccessRules.Action;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.Headers;
import org.stampede.stomp.StompException;
import org.stampede.stomp.StompVersion;
import org.stampede.transport.CloseReason;
import org.stampede.transport.Inbox;
import org.stampede.transport.Outbox;

/**
 * What a session does between CONNECTED and its end: one switch over the commands (STOMP 1.2, section Client Frames). A frame that
 * cannot be obeyed is thrown back as a {@link StompException}.
 *
 * <p>Confined to its session's Inbox.
 */
final class Conversation {

    private static final Logger LOG = System.getLogger(Conversation.class.getName());

    private final ConnectedSession self;
    private final StompVersion version;
    private final SessionContext context;
    private final Outbox outbox;
    private final Inbox inbox;
    private final Continuations continuations;
    private final StompSession session;
    private final Router router;
    private final Transactions transactions;
    private final Subscriptions subscriptions;
    private final BrokerSession broker;
    /** Whether it is being found out whether a new login is good. */
    private boolean renewing;

    private boolean ended;
    /** Completed when the broker knows of the end. */
    private CompletionStage<Void> brokerLeft = CompletableFuture.completedStage(null);

    Conversation(
            ConnectedSession self,
            Subscriptions subscriptions,
            BrokerSession broker,
            StompVersion version,
            SessionContext context,
            Outbox outbox,
            Inbox inbox,
            StompSession session) {
        this.self = self;
        this.version = version;
        this.context = context;
        this.outbox = outbox;
        this.inbox = inbox;
        this.continuations = new Continuations(inbox, session::fail);
        this.session = session;
        this.transactions = new Transactions(context.settings());
        this.subscriptions = subscriptions;
        this.broker = broker;
        this.router = new Router(context, self, session::peer, session::hold, broker, inbox);
        broker.failure().whenComplete((nothing, failure) -> inbox.execute(() -> givenUp(failure)));
    }

    /** The broker does not go on with this session. */
    private void givenUp(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        session.fail((StompException) cause, Headers.NONE, CloseReason.POLICY);
    }

    void begin(Frame connected) {
        context.registry().add(self);
        outbox.offer(connected);
    }

    void handle(Frame frame) {
        switch (frame.command()) {
            case SEND -> send(frame);
            case SUBSCRIBE -> subscribe(frame);
            case UNSUBSCRIBE -> unsubscribe(frame);
            case ACK, NACK -> acknowledge(frame);
            case BEGIN -> {
                transactions.begin(Requests.required(frame, "transaction"));
                receipt(frame);
            }
            case COMMIT -> commit(frame);
            case ABORT -> {
                transactions.end(Requests.required(frame, "transaction"));
                receipt(frame);
            }
            case DISCONNECT -> disconnect(frame);
            case CONNECT, STOMP ->
                throw new ProtocolException("Connected already", "A session has one frame CONNECT only, its first.");
            case CONNECTED, MESSAGE, RECEIPT, ERROR ->
                throw new ProtocolException(
                        "Unexpected command", "The command " + frame.command() + " is for servers only.");
        }
    }

    private void send(Frame frame) {
        String destination = Requests.sendDestination(frame);
        if (destination.equals(Renewal.DESTINATION)) {
            renew(frame);
            return;
        }
        admit(Action.SEND, destination);
        if (held(frame, frame)) {
            return;
        }
        if (router.isHandled(frame)) {
            continuations.then(router.handle(List.of(frame)), frame, handled -> receiptIf(handled, frame));
        } else {
            continuations.then(router.publish(List.of(frame)), frame, done -> receipt(frame));
        }
    }

    /** A new login in the place of one that will expire; rights are judged anew. */
    private void renew(Frame frame) {
        if (renewing) {
            throw new ProtocolException(
                    "Login under way", "One new login at a time: the one before is still being judged.");
        }
        renewing = true;
        continuations.then(Renewal.by(context.login(), frame, session.peer()), frame, identity -> {
            renewing = false;
            session.renewed(identity);
            subscriptions.all().stream()
                    .filter(subscriber -> !isAllowed(Action.SUBSCRIBE, subscriber.destination()))
                    .forEach(subscriber -> revoke(subscriber, frame));
            receipt(frame);
        });
    }

    private void revoke(Subscriber subscriber, Frame cause) {
        subscriptions.remove(subscriber);
        var accepted = broker.accept(Frame.of(Command.UNSUBSCRIBE, "id", subscriber.key()));
        continuations.then(accepted, cause, done -> {
            subscriptions.ended(subscriber);
            context.handlers().unsubscribed(subscriber);
            context.handlers().revoked(subscriber);
        });
    }

    /** Frames of transactions are judged here as well, when they are received and not when they are committed. */
    private void admit(Action action, String destination) {
        // An address to reply to is known to those only who were asked: that is their right.
        if (!UserDestination.isReplyQueue(destination) && !isAllowed(action, destination)) {
            throw PolicyException.accessDenied();
        }
    }

    private boolean isAllowed(Action action, String destination) {
        return context.access().allows(action, destination, session.peer());
    }

    /** Holds a frame back if it belongs to a transaction. */
    private boolean held(Frame received, Frame toHold) {
        var transaction = received.header("transaction");
        if (transaction.isPresent()) {
            transactions.hold(transaction.get(), toHold);
            receipt(received);
        }
        return transaction.isPresent();
    }

    private void subscribe(Frame frame) {
        String destination = Requests.subscribeDestination(frame);
        admit(Action.SUBSCRIBE, destination);
        Requests.ackMode(frame, version);
        String key = subscriptions.keyOfNew(frame, destination);
        String brokered =
                UserDestination.isUserDestination(destination) ? self.privateDestination(destination) : destination;
        var subscriber = new Subscriber(self.peer(), frame.header("id").orElse(""), destination, brokered, key, broker);
        var accepted = broker.accept(
                frame.with(frame.headers().with("destination", brokered).with("id", key)));
        subscriptions.add(subscriber);
        continuations.then(accepted, frame, done -> begun(subscriber, frame));
    }

    private void begun(Subscriber subscriber, Frame subscribe) {
        subscriptions.begun(subscriber);
        receipt(subscribe);
        context.handlers().subscribed(subscriber, subscribe.headers());
        broker.start(subscriber.key());
    }

    private void unsubscribe(Frame frame) {
        var temporary = frame.header("id").flatMap(router::unsubscribe);
        if (temporary.isPresent()) {
            continuations.then(temporary.get(), frame, done -> receipt(frame));
            return;
        }
        Subscriber subscriber = subscriptions.remove(frame);
        var accepted = broker.accept(Frame.of(Command.UNSUBSCRIBE, "id", subscriber.key()));
        continuations.then(accepted, frame, done -> {
            subscriptions.ended(subscriber);
            receipt(frame);
            context.handlers().unsubscribed(subscriber);
        });
    }

    private void acknowledge(Frame frame) {
        Frame normal = Requests.acknowledgement(frame, version);
        if (!held(frame, normal)) {
            continuations.then(broker.accept(normal), frame, done -> receipt(frame));
        }
    }

    /** What the broker takes is committed as a whole; then handlers get their messages, in order. */
    private void commit(Frame frame) {
        var brokered = new ArrayList<Frame>();
        var handled = new ArrayList<Frame>();
        for (Frame held : transactions.end(Requests.required(frame, "transaction"))) {
            boolean isHandled = held.command() == Command.SEND && router.isHandled(held);
            (isHandled ? handled : brokered).add(held);
        }
        continuations.then(
                router.publish(brokered),
                frame,
                committed -> continuations.then(router.handle(handled), frame, all -> receiptIf(all, frame)));
    }

    /** What is under way may have receipts to be sent before the one of DISCONNECT, the last; but for what would never begin. */
    private void disconnect(Frame frame) {
        session.hearNoMore();
        continuations.whenNoneIsOpen(() -> {
            receipt(frame);
            session.finish();
        });
    }

    private void receiptIf(boolean handled, Frame frame) {
        if (handled) {
            receipt(frame);
        }
    }

    private void receipt(Frame frame) {
        frame.header("receipt").ifPresent(id -> outbox.offer(Frame.of(Command.RECEIPT, "receipt-id", id)));
    }

    /**
     * Ends subscriptions, gives back what was not acknowledged, forgets open transactions. Later calls have no effect.
     *
     * @return completed when the broker knows
     */
    CompletionStage<Void> end() {
        if (ended) {
            return brokerLeft;
        }
        ended = true;
        continuations.end();
        context.registry().remove(self);
        step(router::end);
        step(() -> brokerLeft = broker.close());
        subscriptions
                .endAll()
                .forEach(subscriber -> step(() -> context.handlers().unsubscribed(subscriber)));
        step(() -> context.handlers().disconnected(self.peer()));
        return brokerLeft;
    }

    /** Whatever one step of the end throws, the others must be done. */
    private void step(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "The end of session " + self.peer().sessionId() + " failed in part.", e);
        }
    }
}
