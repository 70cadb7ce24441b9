package org.stampede.broker.embedded;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;

/**
 * What follows from a change to the queues: under the lock, queues that may have something to give out; after it,
 * subscriptions that have something to send. Confined to one thread.
 */
final class Changes {

    private final LinkedHashSet<Queue> queues = new LinkedHashSet<>();
    private final ArrayDeque<QueueSubscription> senders = new ArrayDeque<>();

    /** A queue got a message, or a consumer of it can take more. */
    void add(Queue queue) {
        queues.add(queue);
    }

    /** A subscription was given a message. */
    void add(QueueSubscription sender) {
        if (senders.peekLast() != sender) {
            senders.add(sender);
        }
    }

    /** Takes the queues that changed. */
    LinkedHashSet<Queue> takeQueues() {
        var taken = new LinkedHashSet<>(queues);
        queues.clear();
        return taken;
    }

    /** Sends, under no lock. A failure to send may bring further senders, which are served here too, not by recursion. */
    void send() {
        for (QueueSubscription sender = senders.poll(); sender != null; sender = senders.poll()) {
            sender.drain(this);
        }
    }
}
