package org.stampede.broker.embedded;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.stampede.broker.RefusedException;
import org.stampede.stomp.AckMode;

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
    private boolean closed;

    /** @param lock guards all that belongs to queues */
    Queues(EmbeddedBrokerLimits limits, InstantSource clock, ReentrantLock lock) {
        this.clock = clock;
        this.lock = lock;
        this.directory = new QueueDirectory(limits, clock);
    }

    /**
     * Adds messages and settles deliveries, all or nothing; no consumer sees a part of it.
     *
     * @throws RefusedException if anything of it cannot be done
     */
    void commit(List<BrokerMessage> messages, List<Settlement> settlements) {
        change(changes -> {
            checkKnown(settlements);
            directory.checkRoom(messages);
            settlements.forEach(s -> s.subscription().settle(s.delivery(), s.verdict(), changes));
            messages.forEach(message -> {
                Queue queue = directory.get(message.destination());
                queue.add(message);
                changes.add(queue);
            });
        });
    }

    private static void checkKnown(List<Settlement> settlements) {
        var taken = new HashMap<Subscription, Set<Long>>();
        for (Settlement settlement : settlements) {
            Subscription subscription = settlement.subscription();
            long delivery = settlement.delivery();
            Set<Long> before = taken.computeIfAbsent(subscription, s -> new HashSet<>());
            if (!subscription.pending().contains(delivery) || !before.add(delivery)) {
                throw new RefusedException(
                        "Unknown message",
                        "The message " + settlement.shown()
                                + " is not waiting to be acknowledged: perhaps it was acknowledged before.");
            }
            before.addAll(subscription.covered(delivery).keySet());
        }
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
        change(changes, () -> delivery.subscription().notSent(delivery, changes));
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
        });
    }

    /** Forgets messages whose time has passed, once they are at the front of their queue. */
    void tick() {
        change(changes -> directory.all().forEach(changes::add));
    }

    /** Forgets everything. */
    void close() {
        lock.lock();
        try {
            closed = true;
            directory.clear();
        } finally {
            lock.unlock();
        }
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
        change(changes, () -> change.accept(changes));
        changes.send();
    }

    private void change(Changes changes, Runnable change) {
        lock.lock();
        try {
            change.run();
            for (Queue queue : changes.takeQueues()) {
                if (!closed) {
                    queue.giveOut(clock, changes);
                }
                directory.removeIfIdle(queue);
            }
        } finally {
            lock.unlock();
        }
    }
}
