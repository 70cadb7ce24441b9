package org.stampede.broker.embedded;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How full a queue may be, or all of them together, before those who bring more are held: above the high mark they are, and at half
 * of it they are let go in the order in which they came, as many as fill it again if each brings once more what it has brought. Not
 * thread-safe; guarded by the lock of the {@link Queues}.
 */
final class Watermark {

    private final Load load;
    private final long highMessages;
    private final long highOctets;
    private final Set<Hold> held = new LinkedHashSet<>(2);
    // What is expected from those who were let go of late.
    private long promisedMessages;
    private long promisedOctets;

    private Watermark(Load load, long highMessages, long highOctets) {
        this.load = load;
        this.highMessages = highMessages;
        this.highOctets = highOctets;
    }

    /** That of one queue, of which this is the load. */
    static Watermark ofQueue(Load load, EmbeddedBrokerLimits limits) {
        return new Watermark(load, limits.mark(limits.queueMessages()), limits.mark(limits.queueOctets()));
    }

    /** That of all queues together. */
    static Watermark ofAll(Load load, EmbeddedBrokerLimits limits) {
        return new Watermark(load, Long.MAX_VALUE, limits.mark(limits.totalOctets()));
    }

    /** Whether there is enough. */
    boolean isAbove() {
        return load.messages() > highMessages || load.octets() > highOctets;
    }

    private boolean isLow() {
        return load.messages() <= highMessages / 2 && load.octets() <= highOctets / 2;
    }

    void hold(Hold hold) {
        held.add(hold);
    }

    void forget(Hold hold) {
        held.remove(hold);
    }

    /** Something was brought, perhaps by one of those who were let go. */
    void brought(int weight) {
        if (promisedMessages > 0) {
            promisedMessages--;
            promisedOctets = promisedMessages == 0 ? 0 : Math.max(0, promisedOctets - weight);
        }
    }

    /** Who has not brought anything by now is no longer expected to. */
    void expectNothing() {
        promisedMessages = 0;
        promisedOctets = 0;
    }

    /**
     * Lets go who may go.
     *
     * @param over given those who wait for nothing else
     */
    void letGo(Consumer<Hold> over) {
        if (held.isEmpty() || !isLow()) {
            return;
        }
        for (Iterator<Hold> each = held.iterator(); each.hasNext() && hasRoomForMore(); ) {
            Hold hold = each.next();
            each.remove();
            promisedMessages += hold.load().messages();
            promisedOctets += hold.load().octets();
            if (hold.isOverWithout(this)) {
                over.accept(hold);
            }
        }
    }

    private boolean hasRoomForMore() {
        return load.messages() + promisedMessages < highMessages && load.octets() + promisedOctets < highOctets;
    }
}
