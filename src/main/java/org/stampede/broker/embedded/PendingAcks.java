package org.stampede.broker.embedded;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The deliveries of one subscription that are not settled yet, by number and so in order. Not thread-safe; guarded by the
 * lock of the {@link Queues}.
 *
 * @param <D> what is remembered of a delivery
 */
final class PendingAcks<D> {

    /** In the order in which they were added, which is that of the numbers. */
    private final Map<Long, D> byNumber = new LinkedHashMap<>();

    private long newest;
    /** Up to here deliveries were forgotten without being settled. */
    private long forgotten;

    /** The number of another delivery. */
    long next() {
        return ++newest;
    }

    /** Remembers a delivery, whose number is higher than all before. */
    void add(long delivery, D remembered) {
        byNumber.put(delivery, remembered);
    }

    int size() {
        return byNumber.size();
    }

    /** Forgets the oldest delivery; an acknowledgement of it will not be missed, nor refused. */
    void forgetOldest() {
        Iterator<Long> numbers = byNumber.keySet().iterator();
        forgotten = numbers.next();
        numbers.remove();
    }

    /** Whether a delivery may still be acknowledged. */
    boolean contains(long delivery) {
        return byNumber.containsKey(delivery) || (delivery > 0 && delivery <= forgotten);
    }

    /** The numbers of a delivery, or with {@code cumulative} of it and all earlier ones (STOMP 1.2, section SUBSCRIBE ack Header). */
    Set<Long> covered(long delivery, boolean cumulative) {
        if (!cumulative) {
            return byNumber.containsKey(delivery) ? Set.of(delivery) : Set.of();
        }
        var covered = new HashSet<Long>();
        for (Long number : byNumber.keySet()) {
            if (number > delivery) {
                return covered;
            }
            covered.add(number);
        }
        return covered;
    }

    /** Removes deliveries that are covered and returns what was remembered of them, in order. */
    List<D> settle(long delivery, boolean cumulative) {
        if (!cumulative) {
            D only = byNumber.remove(delivery);
            return only == null ? List.of() : List.of(only);
        }
        var settled = new ArrayList<D>(1);
        for (Iterator<Map.Entry<Long, D>> oldest = byNumber.entrySet().iterator(); oldest.hasNext(); ) {
            Map.Entry<Long, D> next = oldest.next();
            if (next.getKey() > delivery) {
                return settled;
            }
            settled.add(next.getValue());
            oldest.remove();
        }
        return settled;
    }

    /** Removes one delivery; returns whether it was there. */
    boolean remove(long delivery) {
        return byNumber.remove(delivery) != null;
    }

    /** Removes all deliveries and returns what was remembered of them, in order. */
    List<D> takeAll() {
        var taken = new ArrayList<>(byNumber.values());
        byNumber.clear();
        return taken;
    }
}
