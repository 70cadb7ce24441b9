package org.stampede.broker.embedded;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.stampede.broker.RefusedException;
import org.stampede.stomp.AckMode;
import org.stampede.stomp.Quoted;

/**
 * All queues, under one lock: it is held for memory operations only, and makes a transaction over several queues atomic
 * without any order of locks to be kept. Each change ends with giving out what can be given out; the frames are sent after the
 * lock is released.
 *
 * <p>Thread-safe; no method blocks.
 */
final class Queues {

    private final InstantSource clock;
    private final ReentrantLock lock;

    // Guarded by lock.
    private final QueueDirectory directory;
    private final Holds holds;
    private boolean closed;

    /** @param lock guards all that belongs to queues */
    Queues(EmbeddedBrokerLimits limits, InstantSource clock, ReentrantLock lock) {
        this.clock = clock;
        this.lock = lock;
        this.directory = new QueueDirectory(limits, clock);
        this.holds = new Holds(limits, clock, directory.mark());
    }

    /**
     * Adds a message of the application.
     *
     * @throws RefusedException if there is no room for it
     */
    void add(BrokerMessage message) {
        change(changes -> {
            add(message, directory.withRoomFor(message), changes);
        });
    }

    /**
     * Adds a message of a client.
     *
     * @return completed when the client may bring more
     * @throws RefusedException if there is no room for it
     */
    CompletionStage<Void> add(BrokerMessage message, SendWindow sender) {
        return changeFor(sender, changes -> {
            Queue queue = directory.withRoomFor(message);
            add(message, queue, changes);
            holds.added(message, queue, sender);
        });
    }

    private static void add(BrokerMessage message, Queue queue, Changes changes) {
        queue.add(message);
        changes.add(queue);
    }

    /**
     * Settles a delivery.
     *
     * @throws RefusedException if it is not waiting to be settled
     */
    void settle(Settlement settlement) {
        change(changes -> {
            if (!settlement.subscription().pending().contains(settlement.delivery())) {
                throw unknown(settlement);
            }
            settle(settlement, changes);
        });
    }

    private static void settle(Settlement settlement, Changes changes) {
        settlement.subscription().settle(settlement.delivery(), settlement.verdict(), changes);
    }

    /**
     * Adds messages of a client and settles deliveries, all or nothing; no consumer sees a part of it.
     *
     * @return completed when the client may bring more
     * @throws RefusedException if anything of it cannot be done
     */
    CompletionStage<Void> commit(List<BrokerMessage> messages, List<Settlement> settlements, SendWindow sender) {
        return changeFor(sender, changes -> {
            checkKnown(settlements);
            directory.checkRoom(messages);
            settlements.forEach(settlement -> settle(settlement, changes));
            for (BrokerMessage message : messages) {
                Queue queue = directory.get(message.destination());
                add(message, queue, changes);
                holds.added(message, queue, sender);
            }
        });
    }

    private static void checkKnown(List<Settlement> settlements) {
        var taken = new HashMap<Subscription, Set<Long>>();
        for (Settlement settlement : settlements) {
            Subscription subscription = settlement.subscription();
            long delivery = settlement.delivery();
            Set<Long> before = taken.computeIfAbsent(subscription, s -> new HashSet<>());
            if (!subscription.pending().contains(delivery) || !before.add(delivery)) {
                throw unknown(settlement);
            }
            before.addAll(subscription.covered(delivery));
        }
    }

    private static RefusedException unknown(Settlement settlement) {
        return new RefusedException(
                "Unknown message",
                "The message " + Quoted.of(settlement.id())
                        + " is not waiting to be acknowledged: perhaps it was acknowledged before.");
    }

    /**
     * Adds a consumer, which gets nothing until it is started.
     *
     * @throws RefusedException if there would be too many queues
     */
    QueueSubscription subscribe(Request request) {
        lock.lock();
        try {
            String name = request.pattern().text();
            directory.checkCount(name);
            Queue queue = directory.get(name);
            var subscription = new QueueSubscription(request, this, queue);
            queue.join();
            subscription.window().add(subscription);
            return subscription;
        } finally {
            lock.unlock();
        }
    }

    void start(QueueSubscription subscription) {
        change(subscription::begin);
    }

    /** Sends a message to one consumer, past the queue. */
    void deliver(QueueSubscription subscription, BrokerMessage message) {
        change(changes -> {
            if (!subscription.isEnded()) {
                subscription.take(message);
                changes.add(subscription);
            }
        });
    }

    void written(Delivery delivery) {
        change(changes -> delivery.subscription().written(delivery, changes));
    }

    /** @param changes of whoever is sending, and goes on with what this brings about */
    void notSent(Delivery delivery, Changes changes) {
        lock.lock();
        try {
            delivery.subscription().notSent(delivery, changes);
            follow(changes);
        } finally {
            lock.unlock();
        }
    }

    /** Ends a subscription: what is not acknowledged returns; without acknowledgements what is on its way may arrive. */
    void cancel(QueueSubscription subscription) {
        change(subscription.ackMode() == AckMode.AUTO ? subscription::leave : subscription::end);
    }

    /** Ends all subscriptions of a session; what was not consumed returns to the queues. */
    void end(SendWindow window) {
        change(changes -> {
            window.close();
            window.subscriptions().forEach(subscription -> subscription.end(changes));
            window.hold().ifPresent(hold -> holds.end(hold, changes));
        });
    }

    /** Forgets messages whose time has passed, once they are at the front of their queue, and lets clients go that were held for long. */
    void tick() {
        change(changes -> {
            directory.mark().expectNothing();
            for (Queue queue : directory.all()) {
                queue.mark().expectNothing();
                changes.add(queue);
            }
            holds.tick(changes);
        });
    }

    /** Forgets everything, and holds nobody any more. */
    void close() {
        change(changes -> {
            closed = true;
            directory.clear();
            holds.endAll(changes);
        });
    }

    /** How many queues there are, the one of dead letters included. */
    int count() {
        lock.lock();
        try {
            return directory.all().size();
        } finally {
            lock.unlock();
        }
    }

    /** How many dead letters were dropped. */
    long lostLetters() {
        lock.lock();
        try {
            return directory.deadLetters().lost();
        } finally {
            lock.unlock();
        }
    }

    private void change(Consumer<Changes> change) {
        var changes = new Changes();
        lock.lock();
        try {
            change.accept(changes);
            follow(changes);
        } finally {
            lock.unlock();
        }
        changes.act();
    }

    private CompletionStage<Void> changeFor(SendWindow sender, Consumer<Changes> change) {
        var changes = new Changes();
        CompletionStage<Void> mayBringMore;
        lock.lock();
        try {
            change.accept(changes);
            mayBringMore = sender.mayBringMore();
            follow(changes);
        } finally {
            lock.unlock();
        }
        changes.act();
        return mayBringMore;
    }

    /** What every change ends with. */
    private void follow(Changes changes) {
        for (Queue queue = changes.nextQueue(); queue != null; queue = changes.nextQueue()) {
            if (!closed) {
                queue.giveOut(clock, changes);
            }
            holds.letGo(queue, changes);
            directory.removeIfIdle(queue);
        }
    }
}
