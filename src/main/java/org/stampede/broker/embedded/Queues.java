package org.stampede.broker.embedded;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
 * <p>A queue is there from its first message or consumer until it has neither. {@value #DEAD_LETTERS} is always there: it
 * takes messages that consumers rejected, or did not acknowledge for too many times, and when full drops its oldest ones.
 *
 * <p>Thread-safe; no method blocks.
 */
final class Queues {

    /** Where dead letters go. */
    static final String DEAD_LETTERS = "/queue/DLQ";

    private final EmbeddedBrokerLimits limits;
    private final InstantSource clock;
    private final ReentrantLock lock;

    // Guarded by lock.
    private final Map<String, Queue> byName = new HashMap<>();
    private final Load total = new Load();
    private final Queue deadLetters = new Queue(DEAD_LETTERS, total);
    private long lostLetters;
    private boolean closed;

    Queues(EmbeddedBrokerLimits limits, InstantSource clock, ReentrantLock lock) {
        this.limits = limits;
        this.clock = clock;
        this.lock = lock;
        byName.put(DEAD_LETTERS, deadLetters);
    }

    /**
     * Adds messages and settles deliveries, all or nothing; no consumer sees a part of it.
     *
     * @throws RefusedException if anything of it cannot be done
     */
    void commit(List<BrokerMessage> messages, List<Settlement> settlements) {
        change(changes -> {
            checkKnown(settlements);
            checkRoom(messages);
            settlements.forEach(s -> s.subscription().settle(s.delivery(), s.verdict(), changes));
            messages.forEach(message -> {
                Queue queue = byName.computeIfAbsent(message.destination(), name -> new Queue(name, total));
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
                        "The message " + settlement.shown() + " is not waiting to be acknowledged: it was acknowledged "
                                + "already, or returned to its queue.");
            }
            before.addAll(subscription.covered(delivery).keySet());
        }
    }

    private void checkRoom(List<BrokerMessage> messages) {
        if (closed && !messages.isEmpty()) {
            throw new RefusedException("Broker closed", "The broker is closed and takes no more messages.");
        }
        var rooms = new HashMap<String, Room>();
        long octets = total.octets();
        for (BrokerMessage message : messages) {
            rooms.computeIfAbsent(message.destination(), this::room).take(message.weight());
            octets += message.weight();
        }
        if (octets > limits.totalOctets()) {
            throw Room.full(
                    "All queues together are", limits.totalOctets() + " octets", EmbeddedBrokerLimits.TOTAL_OCTETS);
        }
        checkCount(rooms.keySet().stream()
                .filter(name -> !byName.containsKey(name))
                .count());
    }

    private Room room(String name) {
        Queue queue = byName.get(name);
        if (queue == null) {
            return new Room(name, limits, new Load());
        }
        queue.purge(clock);
        return new Room(name, limits, queue.load());
    }

    private void checkCount(long more) {
        if (byName.size() - 1 + more > limits.queues()) {
            throw new RefusedException(
                    "Too many queues",
                    "There can be no more than " + limits.queues() + " queues (setting " + EmbeddedBrokerLimits.QUEUES
                            + ").");
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
            if (!byName.containsKey(name)) {
                checkCount(1);
            }
            Queue queue = byName.computeIfAbsent(name, n -> new Queue(n, total));
            var subscription = new QueueSubscription(request, this, queue);
            queue.join();
            subscription.window().add(subscription);
            return subscription;
        } finally {
            lock.unlock();
        }
    }

    void start(QueueSubscription subscription) {
        change(changes -> {
            subscription.markStarted();
            ready(subscription, changes);
        });
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

    /** A delivery was handed to the network; without acknowledgements it is consumed. */
    void written(Delivery delivery) {
        change(changes -> {
            QueueSubscription subscription = delivery.subscription();
            delivery.markWritten();
            release(delivery, changes);
            if (subscription.ackMode() == AckMode.AUTO && subscription.pending().remove(delivery.number())) {
                settle(delivery, Verdict.CONSUMED, changes);
                forgetIfDone(subscription);
            }
        });
    }

    /** A delivery was not taken by the Outbox, whose session then gets no more, or its subscription has just ended. */
    void notSent(Delivery delivery, Changes changes) {
        change(changes, () -> {
            QueueSubscription subscription = delivery.subscription();
            release(delivery, changes);
            if (!subscription.isShut()) {
                subscription.window().close();
            }
            if (subscription.pending().remove(delivery.number())) {
                delivery.queued().ifPresent(message -> {
                    message.notSent();
                    giveBack(message, subscription.queue(), changes);
                });
                forgetIfDone(subscription);
            }
        });
    }

    private static void release(Delivery delivery, Changes changes) {
        delivery.subscription().window().release(delivery.weight()).forEach(free -> ready(free, changes));
    }

    private static void ready(QueueSubscription subscription, Changes changes) {
        if (!subscription.isEnded()) {
            subscription.queue().ready(subscription);
            changes.add(subscription.queue());
        }
    }

    /** Ends a subscription: what is not acknowledged returns; without acknowledgements what is on its way may arrive. */
    void cancel(QueueSubscription subscription) {
        change(changes -> {
            if (subscription.ackMode() == AckMode.AUTO) {
                leave(subscription, changes);
                forgetIfDone(subscription);
            } else {
                end(subscription, changes);
            }
        });
    }

    /** Ends all subscriptions of a session; what was not consumed returns to the queues. */
    void end(SendWindow window) {
        change(changes -> {
            window.close();
            window.subscriptions().forEach(subscription -> end(subscription, changes));
        });
    }

    private void end(QueueSubscription subscription, Changes changes) {
        leave(subscription, changes);
        for (Delivery delivery : subscription.pending().takeAll()) {
            delivery.queued().ifPresent(message -> {
                message.lost(delivery.isWritten());
                giveBack(message, subscription.queue(), changes);
            });
        }
        forgetIfDone(subscription);
    }

    private static void leave(QueueSubscription subscription, Changes changes) {
        if (subscription.markEnded()) {
            subscription.queue().leave(subscription);
            changes.add(subscription.queue());
        }
    }

    private static void forgetIfDone(QueueSubscription subscription) {
        if (subscription.isEnded() && subscription.pending().size() == 0) {
            subscription.window().remove(subscription);
        }
    }

    /** Puts a verdict into effect; called under the lock. */
    void settle(Delivery delivery, Verdict verdict, Changes changes) {
        delivery.queued().ifPresent(message -> {
            Queue queue = delivery.subscription().queue();
            switch (verdict) {
                case CONSUMED -> {
                    queue.remove(message);
                    changes.add(queue);
                }
                case REQUEUED -> {
                    message.refused(delivery.subscription());
                    giveBack(message, queue, changes);
                }
                case REJECTED -> bury(message, queue, "rejected", changes);
            }
        });
    }

    private void giveBack(QueuedMessage message, Queue queue, Changes changes) {
        changes.add(queue);
        if (message.deliveries() >= limits.deliveries()) {
            bury(message, queue, "delivered " + message.deliveries() + " times", changes);
        } else {
            queue.giveBack(message);
        }
    }

    /** Moves a message to the dead letters; a dead letter that cannot be delivered is gone. */
    private void bury(QueuedMessage message, Queue queue, String reason, Changes changes) {
        queue.remove(message);
        changes.add(queue);
        BrokerMessage letter = message.message().deadLetter(DEAD_LETTERS, reason);
        if (queue == deadLetters || !makeRoom(letter.weight())) {
            lostLetters++;
            return;
        }
        deadLetters.add(letter);
        changes.add(deadLetters);
    }

    private boolean makeRoom(int weight) {
        while (!hasRoom(weight)) {
            if (!deadLetters.removeOldest()) {
                return false;
            }
            lostLetters++;
        }
        return true;
    }

    private boolean hasRoom(int weight) {
        Load load = deadLetters.load();
        return load.messages() < limits.queueMessages()
                && load.octets() + weight <= limits.queueOctets()
                && total.octets() + weight <= limits.totalOctets();
    }

    /** Forgets messages whose time has passed, once they are at the front of their queue. */
    void tick() {
        change(changes -> byName.values().forEach(changes::add));
    }

    /** Forgets everything. */
    void close() {
        lock.lock();
        try {
            closed = true;
            byName.clear();
        } finally {
            lock.unlock();
        }
    }

    /** How many queues there are, the one of dead letters included. */
    int count() {
        lock.lock();
        try {
            return byName.size();
        } finally {
            lock.unlock();
        }
    }

    /** How many dead letters were dropped. */
    long lostLetters() {
        lock.lock();
        try {
            return lostLetters;
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
                if (queue.isIdle() && queue != deadLetters) {
                    byName.remove(queue.name(), queue);
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
