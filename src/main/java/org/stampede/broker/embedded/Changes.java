package org.stampede.broker.embedded;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a change to the queues: under the lock, queues that may have something to give out; after it,
 * subscriptions that have something to send, and clients that are held no longer. Confined to one thread.
 */
final class Changes {

    /** In the order in which they changed; one that changed in between others may be there twice. */
    private final List<Queue> queues = new ArrayList<>(1);
    /** How many of them were taken. */
    private int followed;
    /** Null if there was none: most changes have none of either, and there are many changes. */
    private @Nullable ArrayDeque<QueueSubscription> senders;

    private @Nullable List<Hold> ended;

    /** A queue got a message, or a consumer of it can take more. */
    void add(Queue queue) {
        if (queues.isEmpty() || queues.get(queues.size() - 1) != queue) {
            queues.add(queue);
        }
    }

    /** A subscription was given a message. */
    void add(QueueSubscription sender) {
        if (senders == null) {
            senders = new ArrayDeque<>(1);
        }
        if (senders.peekLast() != sender) {
            senders.add(sender);
        }
    }

    /** A client is held no longer. */
    void add(Hold hold) {
        if (ended == null) {
            ended = new ArrayList<>();
        }
        ended.add(hold);
    }

    /** Takes the next queue that changed; null if there is none. */
    @Nullable
    Queue nextQueue() {
        if (followed == queues.size()) {
            queues.clear();
            followed = 0;
            return null;
        }
        return queues.get(followed++);
    }

    /**
     * Sends, and lets clients go on, under no lock. A failure to send may bring further senders, which are served here too, not by
     * recursion.
     */
    void act() {
        for (QueueSubscription sender = nextSender(); sender != null; sender = nextSender()) {
            sender.drain(this);
        }
        if (ended != null) {
            ended.forEach(Hold::complete);
        }
    }

    private @Nullable QueueSubscription nextSender() {
        return senders == null ? null : senders.poll();
    }
}
