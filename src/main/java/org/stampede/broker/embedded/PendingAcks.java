package org.stampede.broker.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The deliveries of one subscription that are not settled yet, by number and so in order. Not thread-safe; guarded by the
 * lock of the {@link Queues}.
 *
 * @param <D> what is remembered of a delivery
 */
final class PendingAcks<D> {

    private final TreeMap<Long, D> byNumber = new TreeMap<>();
    private long newest;
    /** Up to here deliveries were forgotten without being settled. */
    private long forgotten;

    /** The number of another delivery. */
    long next() {
        return ++newest;
    }

    void add(long delivery, D remembered) {
        byNumber.put(delivery, remembered);
    }

    int size() {
        return byNumber.size();
    }

    /** Forgets the oldest delivery; an acknowledgement of it will not be missed, nor refused. */
    void forgetOldest() {
        forgotten = byNumber.pollFirstEntry().getKey();
    }

    /** Whether a delivery may still be acknowledged. */
    boolean contains(long delivery) {
        return byNumber.containsKey(delivery) || (delivery > 0 && delivery <= forgotten);
    }

    /** A delivery, or with {@code cumulative} it and all earlier ones (STOMP 1.2, section SUBSCRIBE ack Header). */
    NavigableMap<Long, D> covered(long delivery, boolean cumulative) {
        return byNumber.subMap(cumulative ? 0 : delivery, true, delivery, true);
    }

    /** Removes deliveries and returns what was remembered of them, in order. */
    List<D> settle(long delivery, boolean cumulative) {
        return take(covered(delivery, cumulative));
    }

    /** Removes one delivery; returns whether it was there. */
    boolean remove(long delivery) {
        return byNumber.remove(delivery) != null;
    }

    /** Removes all deliveries and returns what was remembered of them, in order. */
    List<D> takeAll() {
        return take(byNumber);
    }

    private static <D> List<D> take(NavigableMap<Long, D> deliveries) {
        var taken = new ArrayList<>(deliveries.values());
        deliveries.clear();
        return taken;
    }
}
