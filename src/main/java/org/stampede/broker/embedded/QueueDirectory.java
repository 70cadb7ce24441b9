package org.stampede.broker.embedded;

import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.stampede.broker.RefusedException;

/**
 * The queues by name, and what room there is for more. A queue is there from its first message or consumer until it has
 * neither; the one of dead letters is always there, and is not counted. Not thread-safe; guarded by the lock of the
 * {@link Queues}.
 */
final class QueueDirectory {

    private final EmbeddedBrokerLimits limits;
    private final InstantSource clock;
    private final Map<String, Queue> byName = new HashMap<>();
    private final Load total = new Load();
    private final Watermark mark;
    private final DeadLetters deadLetters;

    QueueDirectory(EmbeddedBrokerLimits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
        this.mark = Watermark.ofAll(total, limits);
        this.deadLetters = new DeadLetters(limits, total);
        byName.put(DeadLetters.NAME, deadLetters.queue());
    }

    DeadLetters deadLetters() {
        return deadLetters;
    }

    /** Tells whether all queues together have enough. */
    Watermark mark() {
        return mark;
    }

    Collection<Queue> all() {
        return byName.values();
    }

    /** The queue of this name, which is made if need be. */
    Queue get(String name) {
        Queue queue = byName.get(name);
        return queue != null ? queue : make(name);
    }

    private Queue make(String name) {
        var queue = new Queue(name, limits, total, deadLetters);
        byName.put(name, queue);
        return queue;
    }

    void removeIfIdle(Queue queue) {
        if (queue.isIdle() && queue != deadLetters.queue()) {
            byName.remove(queue.name(), queue);
        }
    }

    void clear() {
        byName.clear();
    }

    /**
     * The queue of a message, in which there is room for it.
     *
     * @throws RefusedException if there is none
     */
    Queue withRoomFor(BrokerMessage message) {
        String name = message.destination();
        room(name).take(message.weight());
        checkTotal(total.octets() + message.weight());
        checkCount(name);
        return get(name);
    }

    /**
     * Checks that messages fit, all together.
     *
     * @throws RefusedException if not
     */
    void checkRoom(List<BrokerMessage> messages) {
        var rooms = new HashMap<String, Room>();
        long octets = total.octets();
        for (BrokerMessage message : messages) {
            rooms.computeIfAbsent(message.destination(), this::room).take(message.weight());
            octets += message.weight();
        }
        checkTotal(octets);
        checkCount(rooms.keySet().stream()
                .filter(name -> !byName.containsKey(name))
                .count());
    }

    private void checkTotal(long octets) {
        if (octets > limits.totalOctets()) {
            throw Room.full(
                    "All queues together are", limits.totalOctets() + " octets", EmbeddedBrokerLimits.TOTAL_OCTETS);
        }
    }

    private Room room(String name) {
        Queue queue = byName.get(name);
        if (queue == null) {
            return new Room(name, limits, new Load());
        }
        queue.purge(clock);
        return new Room(name, limits, queue.load());
    }

    /**
     * Checks that a queue may be made, if it is not there.
     *
     * @throws RefusedException if not
     */
    void checkCount(String name) {
        checkCount(byName.containsKey(name) ? 0 : 1);
    }

    private void checkCount(long more) {
        if (more > 0 && byName.size() - 1 + more > limits.queues()) {
            throw RefusedException.forWantOfRoom(
                    "Too many queues",
                    "There can be no more than " + limits.queues() + " queues (setting " + EmbeddedBrokerLimits.QUEUES
                            + ").");
        }
    }
}
