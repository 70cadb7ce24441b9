package org.stampede.broker.embedded;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Messages of which each goes to one consumer, in order and in fair turns. A message that was given out still belongs to the
 * queue until it is consumed or a dead letter; if it is {@link #giveBack given back} it takes its old place again.
 *
 * <p>Not thread-safe; guarded by the lock of the {@link Queues}.
 */
final class Queue {

    private final String name;
    private final int mostDeliveries;
    /** Of all queues together. */
    private final Load total;

    private final DeadLetters deadLetters;
    private final Load load = new Load();
    private final Watermark mark;
    private final ArrayDeque<QueuedMessage> fresh = new ArrayDeque<>();
    /** Given out once and back again, hence all older than the fresh ones. */
    private final PriorityQueue<QueuedMessage> returned =
            new PriorityQueue<>(Comparator.comparingLong(QueuedMessage::sequence));

    private long sequence;
    private int consumers;
    /** Consumers that can take another message, or so it seemed; whoever got one goes to the end. */
    private final ArrayDeque<QueueSubscription> turns = new ArrayDeque<>();

    /**
     * @param name        its destination
     * @param limits      after how many deliveries a message is a dead letter, and when there is enough
     * @param total       the load of all queues together
     * @param deadLetters where dead letters go
     */
    Queue(String name, EmbeddedBrokerLimits limits, Load total, DeadLetters deadLetters) {
        this.name = name;
        this.mostDeliveries = limits.deliveries();
        this.mark = Watermark.ofQueue(load, limits);
        this.total = total;
        this.deadLetters = deadLetters;
    }

    String name() {
        return name;
    }

    /** Its messages, those included which are given out. */
    Load load() {
        return load;
    }

    /** Tells whether it has enough. */
    Watermark mark() {
        return mark;
    }

    /** Whether it has neither messages nor consumers. */
    boolean isIdle() {
        return load.messages() == 0 && consumers == 0;
    }

    void add(BrokerMessage message) {
        fresh.add(new QueuedMessage(message, ++sequence));
        load.add(message.weight());
        total.add(message.weight());
    }

    /** A consumer has decided about a message that it was given. */
    void settle(QueuedMessage message, QueueSubscription by, Verdict verdict, Changes changes) {
        switch (verdict) {
            case CONSUMED -> remove(message);
            case REQUEUED -> {
                message.refused(by);
                giveBack(message, changes);
            }
            case REJECTED -> bury(message, "rejected", changes);
        }
    }

    /** A message that was given out was not consumed: it takes its old place, unless that happened too often. */
    void giveBack(QueuedMessage message, Changes changes) {
        if (message.deliveries() >= mostDeliveries) {
            bury(message, "delivery-limit", changes);
        } else {
            returned.add(message);
        }
    }

    private void bury(QueuedMessage message, String reason, Changes changes) {
        remove(message);
        deadLetters.bury(message.message(), this, reason, changes);
    }

    private void remove(QueuedMessage message) {
        load.remove(message.weight());
        total.remove(message.weight());
    }

    /** Forgets the oldest message that is not given out; returns whether there was one. */
    boolean removeOldest() {
        QueuedMessage oldest = poll();
        if (oldest != null) {
            remove(oldest);
        }
        return oldest != null;
    }

    void join() {
        consumers++;
    }

    void leave(QueueSubscription consumer) {
        consumers--;
        if (consumer.hasTurn()) {
            turns.remove(consumer);
            consumer.hasTurn(false);
        }
    }

    /** A consumer may be able to take another message. */
    void ready(QueueSubscription consumer) {
        if (!consumer.hasTurn()) {
            turns.add(consumer);
            consumer.hasTurn(true);
        }
    }

    /** Forgets messages at the front whose time has passed. */
    void purge(InstantSource clock) {
        for (QueuedMessage head = peek(); head != null; head = peek()) {
            if (!head.message().expiry().isPast(clock)) {
                return;
            }
            removeOldest();
        }
    }

    /** Gives out messages as long as there are any, and a consumer that can take one. */
    void giveOut(InstantSource clock, Changes changes) {
        purge(clock);
        for (QueuedMessage head = peek(); head != null; head = peek()) {
            QueueSubscription consumer = nextTurn(head);
            if (consumer == null) {
                return;
            }
            poll();
            consumer.take(head);
            ready(consumer);
            changes.add(consumer);
            purge(clock);
        }
    }

    private @Nullable QueueSubscription nextTurn(QueuedMessage message) {
        QueueSubscription lastResort = null;
        for (var i = turns.iterator(); i.hasNext(); ) {
            QueueSubscription consumer = i.next();
            boolean canTake = consumer.hasCredit() && consumer.hasRoom(message);
            if (canTake && message.isRefusedBy(consumer)) {
                lastResort = consumer;
                continue;
            }
            i.remove();
            consumer.hasTurn(false);
            if (canTake) {
                return consumer;
            }
            if (consumer.hasCredit()) {
                consumer.park();
            }
        }
        if (lastResort != null) {
            turns.remove(lastResort);
            lastResort.hasTurn(false);
        }
        return lastResort;
    }

    private @Nullable QueuedMessage peek() {
        return returned.isEmpty() ? fresh.peek() : returned.peek();
    }

    private @Nullable QueuedMessage poll() {
        return returned.isEmpty() ? fresh.poll() : returned.poll();
    }
}
