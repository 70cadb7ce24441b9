package org.stampede.transport;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.stampede.stomp.Frame;

/** The frames that wait in an {@link Outbox}, in order. Not thread-safe: guarded by the lock of its Outbox. */
final class Backlog {

    /** Frames are combined into one message up to about this many octets. */
    private static final int COMBINED_OCTETS = 16 * 1024;

    /**
     * A frame that waits.
     *
     * @param weight      of the frame, computed once
     * @param whenWritten called when the frame was handed to the network
     */
    record Entry(Frame frame, int weight, Runnable whenWritten) {

        Entry(Frame frame, Runnable whenWritten) {
            this(frame, frame.weight(), whenWritten);
        }
    }

    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private long octets;

    /** Whether the limits allow one more; a frame that waits alone may exceed the octets. */
    boolean hasRoomFor(Entry entry, OutboxLimits limits) {
        boolean octetsFit = entries.isEmpty() || octets + entry.weight() <= limits.octets();
        return octetsFit && entries.size() < limits.frames();
    }

    /** Whether it fills a message, or half of what the limits allow, so that it had better leave. */
    boolean isMuch(OutboxLimits limits) {
        return octets >= COMBINED_OCTETS || entries.size() > limits.frames() / 2 || octets > limits.octets() / 2;
    }

    void add(Entry entry) {
        entries.add(entry);
        octets += entry.weight();
    }

    void clear() {
        entries.clear();
        octets = 0;
    }

    /** Takes what goes into the next message; empty if nothing waits. */
    List<Entry> takeBatch() {
        if (entries.size() <= 1) {
            octets = 0;
            return entries.isEmpty() ? List.of() : List.of(entries.remove());
        }
        var batch = new ArrayList<Entry>(4);
        int taken = 0;
        Entry next = entries.peek();
        while (next != null && (batch.isEmpty() || taken + next.weight() <= COMBINED_OCTETS)) {
            batch.add(entries.remove());
            taken += next.weight();
            next = entries.peek();
        }
        octets -= taken;
        return batch;
    }

    /** The frames of a batch. */
    static List<Frame> frames(List<Entry> batch) {
        if (batch.size() == 1) {
            return List.of(batch.get(0).frame());
        }
        var frames = new ArrayList<Frame>(batch.size());
        for (Entry entry : batch) {
            frames.add(entry.frame());
        }
        return frames;
    }
}
