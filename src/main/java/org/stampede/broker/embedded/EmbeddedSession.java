package org.stampede.broker.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.stampede.broker.BrokerSession;
import org.stampede.broker.RefusedException;
import org.stampede.stomp.AckMode;
import org.stampede.stomp.Frame;
import org.stampede.stomp.Quoted;

/** One client of the {@link EmbeddedBroker}: its subscriptions, and its frames one by one. Thread-safe. */
final class EmbeddedSession implements BrokerSession {

    private final EmbeddedBroker broker;
    private final Recipient recipient;
    private final Map<String, Subscription> byId = new ConcurrentHashMap<>();
    private final Map<Long, Subscription> byNumber = new ConcurrentHashMap<>();
    /** Held while subscriptions come and go, so that none comes after {@link #close}. */
    private final ReentrantLock lock = new ReentrantLock();
    /** Changed under the lock. */
    private volatile boolean closed;
    /** Completed when the client may bring more to queues. */
    private volatile CompletionStage<Void> room = EmbeddedBroker.DONE;

    EmbeddedSession(EmbeddedBroker broker, Recipient recipient) {
        this.broker = broker;
        this.recipient = recipient;
    }

    @Override
    public CompletionStage<Void> accept(Frame frame) {
        if (closed) {
            return done();
        }
        try {
            return switch (frame.command()) {
                case SEND -> bringing(broker.send(broker.read(frame), recipient.window()));
                case ACK -> settle(settlement(frame, Verdict.CONSUMED));
                case NACK -> settle(settlement(frame, nack(frame)));
                case SUBSCRIBE -> subscribe(frame);
                case UNSUBSCRIBE -> unsubscribe(frame.header("id").orElse(""));
                case CONNECT, STOMP, BEGIN, COMMIT, ABORT, DISCONNECT, CONNECTED, MESSAGE, RECEIPT, ERROR ->
                    throw notForBrokers(frame);
            };
        } catch (RefusedException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    @Override
    public CompletionStage<Void> commit(List<Frame> frames) {
        if (closed) {
            return done();
        }
        try {
            return commitAll(frames);
        } catch (RefusedException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private CompletionStage<Void> commitAll(List<Frame> frames) {
        var messages = new ArrayList<BrokerMessage>(frames.size());
        var settlements = new ArrayList<Settlement>(frames.size());
        for (Frame frame : frames) {
            switch (frame.command()) {
                case SEND -> messages.add(broker.read(frame));
                case ACK -> settlements.add(settlement(frame, Verdict.CONSUMED));
                case NACK -> settlements.add(settlement(frame, nack(frame)));
                case SUBSCRIBE,
                        UNSUBSCRIBE,
                        CONNECT,
                        STOMP,
                        BEGIN,
                        COMMIT,
                        ABORT,
                        DISCONNECT,
                        CONNECTED,
                        MESSAGE,
                        RECEIPT,
                        ERROR -> throw notForBrokers(frame);
            }
        }
        return bringing(broker.commit(messages, settlements, recipient.window()));
    }

    private CompletionStage<Void> settle(Settlement settlement) {
        broker.settle(settlement);
        return done();
    }

    /** Notes until when the client shall bring no more. */
    private CompletionStage<Void> bringing(CompletionStage<Void> taken) {
        if (taken != EmbeddedBroker.DONE) {
            room = taken;
        }
        return taken;
    }

    @Override
    public CompletionStage<Void> room() {
        return room;
    }

    private static Verdict nack(Frame frame) {
        boolean reject = frame.header("requeue").filter("false"::equals).isPresent();
        return reject ? Verdict.REJECTED : Verdict.REQUEUED;
    }

    private static IllegalArgumentException notForBrokers(Frame frame) {
        return new IllegalArgumentException(frame.command() + " is not for brokers.");
    }

    private Settlement settlement(Frame frame, Verdict verdict) {
        String id = frame.header("id").orElse("");
        MessageIds.Acknowledged acknowledged = broker.ids().read(id).orElseThrow(() -> unknown(id));
        Subscription subscription = byNumber.get(acknowledged.subscription());
        if (subscription == null || subscription.ackMode() == AckMode.AUTO) {
            throw unknown(id);
        }
        Optional<String> named = frame.header("subscription");
        if (named.isPresent() && !named.get().equals(subscription.id())) {
            throw new RefusedException(
                    "Wrong subscription",
                    "The message " + Quoted.of(id) + " was sent to another subscription than " + Quoted.of(named.get())
                            + ".");
        }
        return new Settlement(subscription, acknowledged.delivery(), verdict, id);
    }

    private static RefusedException unknown(String id) {
        return new RefusedException(
                "Unknown message",
                "There is no message " + Quoted.of(id)
                        + " which a live subscription of this session has to acknowledge.");
    }

    private CompletionStage<Void> subscribe(Frame frame) {
        lock.lock();
        try {
            if (!closed) {
                Subscription subscription = broker.subscribe(frame, recipient);
                byNumber.put(subscription.number(), subscription);
                byId.put(subscription.id(), subscription);
            }
        } finally {
            lock.unlock();
        }
        return done();
    }

    private CompletionStage<Void> unsubscribe(String id) {
        Subscription subscription = byId.remove(id);
        if (subscription == null) {
            return CompletableFuture.failedStage(new RefusedException(
                    "Unknown subscription", "There is no subscription with the id " + Quoted.of(id) + "."));
        }
        byNumber.remove(subscription.number());
        return subscription.cancel();
    }

    @Override
    public void start(String subscriptionId) {
        Subscription subscription = byId.get(subscriptionId);
        if (subscription != null) {
            subscription.start();
        }
    }

    @Override
    public void deliver(String subscriptionId, Frame send) {
        Subscription subscription = byId.get(subscriptionId);
        if (subscription != null) {
            subscription.deliver(broker.read(send));
        }
    }

    @Override
    public void deliverSnapshot(String subscriptionId, Frame send) {
        Subscription subscription = byId.get(subscriptionId);
        if (subscription != null) {
            BrokerMessage message = broker.read(send);
            subscription.forgetHeld(message.destination());
            subscription.deliver(message);
        }
    }

    @Override
    public CompletionStage<Void> close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        var ended = List.copyOf(byId.values());
        byId.clear();
        byNumber.clear();
        broker.end(this, recipient, ended);
        return done();
    }

    private static CompletionStage<Void> done() {
        return EmbeddedBroker.DONE;
    }
}
