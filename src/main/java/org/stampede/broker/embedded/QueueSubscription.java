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

    Queue queue() {
        return queue;
    }

    SendWindow window() {
        return window;
    }

    @Override
    PendingAcks<Delivery> pending() {
        return pending;
    }

    void markStarted() {
        started = true;
    }

    /** Ends it; returns false if it has ended before. */
    boolean markEnded() {
        boolean first = !ended;
        ended = true;
        return first;
    }

    boolean isEnded() {
        return ended;
    }

    /** Whether it can take another message; if there is only no room at the moment it will be {@link Queue#ready} again. */
    boolean canTake(QueuedMessage message) {
        boolean alive = started && !ended && !window.isGone() && !isShut();
        if (!alive || (ackMode() != AckMode.AUTO && pending.size() >= prefetch)) {
            return false;
        }
        if (!window.hasRoom(message.weight())) {
            window.park(this);
            return false;
        }
        return true;
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
        settled.forEach(each -> queues.settle(each, verdict, changes));
        queue.ready(this);
        changes.add(queue);
    }
}
