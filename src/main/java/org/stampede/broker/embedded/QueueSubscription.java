package org.stampede.broker.embedded;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.stampede.stomp.AckMode;

/**
 * A subscription to a queue: one of its consumers. With acknowledgements it may have so many messages unacknowledged; without
 * them a message is consumed once it is written. When it ends, what is not consumed returns to the queue.
 *
 * <p>Thread-safe, but for what is said to be guarded by the lock of the {@link Queues}.
 */
final class QueueSubscription extends Subscription {

    private final Queues queues;
    private final SendWindow window;
    private final int prefetch;
    /** In the order in which the queue gave them out; their number is bounded by the window. */
    private final Line<Delivery> line = new Line<>(Delivery::weight, Integer.MAX_VALUE, Long.MAX_VALUE);

    private final Queue queue;

    // Guarded by the lock of the queues.
    private final PendingAcks<Delivery> pending = new PendingAcks<>();
    /** Whether the queue has noted that it may take a message. */
    private boolean hasTurn;

    private boolean started;
    private boolean ended;

    /** Called under the lock of the queues. */
    QueueSubscription(Request request, Queues queues, Queue queue) {
        super(request);
        this.queues = queues;
        this.window = request.recipient().window();
        this.prefetch = request.prefetch();
        this.queue = queue;
        line.open();
    }

    @Override
    void start() {
        queues.start(this);
    }

    @Override
    void deliver(BrokerMessage message) {
        queues.deliver(this, message);
    }

    @Override
    CompletionStage<Void> cancel() {
        // From here on what is about to be sent is refused and returns to the queue.
        CompletionStage<Void> nothingOnItsWay = shut();
        queues.cancel(this);
        return nothingOnItsWay;
    }

    /** Sends what the queue gave it. */
    void drain(Changes changes) {
        line.drain(delivery -> {
            if (!send(delivery.frame(), () -> queues.written(delivery))) {
                queues.notSent(delivery, changes);
            }
        });
    }

    // What follows is guarded by the lock of the queues.

    SendWindow window() {
        return window;
    }

    @Override
    PendingAcks<Delivery> pending() {
        return pending;
    }

    boolean hasTurn() {
        return hasTurn;
    }

    void hasTurn(boolean turn) {
        hasTurn = turn;
    }

    void begin(Changes changes) {
        started = true;
        ready(changes);
    }

    boolean isEnded() {
        return ended;
    }

    /** Whether it can take another message, as far as acknowledgements go. */
    boolean hasCredit() {
        boolean alive = started && !ended && !window.isGone() && !isShut();
        return alive && (ackMode() == AckMode.AUTO || pending.size() < prefetch);
    }

    boolean isOf(Queue another) {
        return queue == another;
    }

    /** Whether it has messages to acknowledge. */
    boolean owes() {
        return ackMode() != AckMode.AUTO && pending.size() > 0;
    }

    /** Whether the way to the network has room for a message. */
    boolean hasRoom(QueuedMessage message) {
        return window.hasRoom(message.weight());
    }

    /** Lets it wait until there is room; it will then be {@link Queue#ready} again. */
    void park() {
        window.park(this);
    }

    void take(QueuedMessage message) {
        message.given();
        add(Delivery.ofQueued(this, pending.next(), message));
    }

    void take(BrokerMessage message) {
        add(Delivery.ofOne(this, pending.next(), message));
    }

    private void add(Delivery delivery) {
        pending.add(delivery.number(), delivery);
        window.take(delivery.weight());
        line.put(delivery);
    }

    @Override
    void settle(long delivery, Verdict verdict, Changes changes) {
        List<Delivery> settled = pending.settle(delivery, ackMode() == AckMode.CLIENT);
        settled.forEach(each -> settle(each, verdict, changes));
        ready(changes);
    }

    private void settle(Delivery delivery, Verdict verdict, Changes changes) {
        delivery.queued().ifPresent(message -> queue.settle(message, this, verdict, changes));
        changes.add(queue);
    }

    /** A delivery was handed to the network; without acknowledgements it is consumed. */
    void written(Delivery delivery, Changes changes) {
        delivery.markWritten();
        release(delivery, changes);
        if (ackMode() == AckMode.AUTO && pending.remove(delivery.number())) {
            settle(delivery, Verdict.CONSUMED, changes);
            forgetIfDone();
        }
    }

    /** A delivery was not taken: the Outbox takes nothing more for this session, or the subscription has just ended. */
    void notSent(Delivery delivery, Changes changes) {
        release(delivery, changes);
        if (!isShut()) {
            window.close();
        }
        if (pending.remove(delivery.number())) {
            delivery.queued().ifPresent(message -> {
                message.notSent();
                queue.giveBack(message, changes);
            });
            changes.add(queue);
            forgetIfDone();
        }
    }

    private void release(Delivery delivery, Changes changes) {
        window.release(delivery.weight()).forEach(free -> free.ready(changes));
    }

    /** It may be able to take another message. */
    void ready(Changes changes) {
        if (!ended) {
            queue.ready(this);
            changes.add(queue);
        }
    }

    /** Takes no more; what is on its way may arrive, and is not consumed before. */
    void leave(Changes changes) {
        if (!ended) {
            ended = true;
            queue.leave(this);
            changes.add(queue);
        }
        forgetIfDone();
    }

    /** Takes no more; what is not consumed returns to the queue. */
    void end(Changes changes) {
        leave(changes);
        changes.add(queue);
        for (Delivery delivery : pending.takeAll()) {
            delivery.queued().ifPresent(message -> {
                message.lost(delivery.isWritten());
                queue.giveBack(message, changes);
            });
        }
        forgetIfDone();
    }

    private void forgetIfDone() {
        if (ended && pending.size() == 0) {
            window.remove(this);
        }
    }
}
