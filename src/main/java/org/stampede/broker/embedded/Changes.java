package org.stampede.broker.embedded;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * What follows from a change to the queues: under the lock, queues that may have something to give out; after it,
 * subscriptions that have something to send, and clients that are held no longer. Confined to one thread.
 */
final class Changes {

    /** In the order in which they changed; one that changed in between others may be there twice. */
    private final List<Queue> queues = new ArrayList<>(1);

    private final ArrayDeque<QueueSubscription> senders = new ArrayDeque<>(1);
    private final ArrayDeque<Hold> ended = new ArrayDeque<>(0);

    /** A queue got a message, or a consumer of it can take more. */
    void add(Queue queue) {
        if (queues.isEmpty() || queues.get(queues.size() - 1) != queue) {
            queues.add(queue);
        }
    }

    /** A subscription was given a message. */
    void add(QueueSubscription sender) {
        if (senders.peekLast() != sender) {
            senders.add(sender);
        }
    }

    /** A client is held no longer. */
    void add(Hold hold) {
        ended.add(hold);
    }

    /** Takes the queues that changed. */
    List<Queue> takeQueues() {
        var taken = List.copyOf(queues);
        queues.clear();
        return taken;
    }

    /**
     * Sends, and lets clients go on, under no lock. A failure to send may bring further senders, which are served here too, not by
     * recursion.
     */
    void act() {
        for (QueueSubscription sender = senders.poll(); sender != null; sender = senders.poll()) {
            sender.drain(this);
        }
        for (Hold hold = ended.poll(); hold != null; hold = ended.poll()) {
            hold.complete();
        }
    }
}
