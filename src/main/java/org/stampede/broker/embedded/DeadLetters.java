package org.stampede.broker.embedded;

/**
 * The queue {@value #NAME}, which is always there: it takes the messages that consumers rejected, or did not acknowledge for
 * too many times. When it is full it drops its oldest ones; what is rejected there is gone. Not thread-safe; guarded by the
 * lock of the {@link Queues}.
 */
final class DeadLetters {

    static final String NAME = "/queue/DLQ";

    private final EmbeddedBrokerLimits limits;
    /** Of all queues together. */
    private final Load total;

    private final Queue queue;
    private long lost;

    DeadLetters(EmbeddedBrokerLimits limits, Load total) {
        this.limits = limits;
        this.total = total;
        this.queue = new Queue(NAME, limits, total, this);
    }

    Queue queue() {
        return queue;
    }

    /** How many were dropped. */
    long lost() {
        return lost;
    }

    /** Takes a message that was removed from a queue. */
    void bury(BrokerMessage message, Queue from, String reason, Changes changes) {
        BrokerMessage letter = message.deadLetter(NAME, reason);
        if (from == queue || !makeRoom(letter.weight())) {
            lost++;
            return;
        }
        queue.add(letter);
        changes.add(queue);
    }

    private boolean makeRoom(int weight) {
        while (!hasRoom(weight)) {
            if (!queue.removeOldest()) {
                return false;
            }
            lost++;
        }
        return true;
    }

    private boolean hasRoom(int weight) {
        Load load = queue.load();
        return load.messages() < limits.queueMessages()
                && load.octets() + weight <= limits.queueOctets()
                && total.octets() + weight <= limits.totalOctets();
    }
}
