package org.stampede.load;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A publisher at work. Not thread-safe. */
final class Load {

    /** Messages that may be under way to all of the crowd, when the pace is theirs. */
    private static final int WINDOW = 32;

    private final ClientSocket publisher;
    private final Crowd crowd;
    private final Contender contender;
    private final int bodyLength;
    private final List<String> destinations;
    /** How many deliveries a message makes. */
    private final int copies;

    private long sent;
    private final long receivedBefore;

    /** Publishes to one topic, to which all of the crowd have subscribed. */
    Load(Contender contender, ClientSocket publisher, Crowd crowd, int bodyLength) {
        this(contender, publisher, crowd, bodyLength, List.of(Contender.TOPIC), crowd.size());
    }

    /** Publishes to destinations in turns. */
    Load(
            Contender contender,
            ClientSocket publisher,
            Crowd crowd,
            int bodyLength,
            List<String> destinations,
            int copies) {
        this.contender = contender;
        this.publisher = publisher;
        this.crowd = crowd;
        this.bodyLength = bodyLength;
        this.destinations = destinations;
        this.copies = copies;
        this.receivedBefore = crowd.received();
    }

    /** Publishes for a part of the time, so that buffers of new connections are as large as they get. */
    void grow(long nanos) throws IOException {
        flood(nanos / 4);
        settle();
    }

    /** Publishes as fast as the crowd reads, for so long. */
    void flood(long nanos) throws IOException {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            if (underWay() < (long) WINDOW * crowd.size()) {
                publish(System.nanoTime());
            } else {
                LockSupport.parkNanos(50_000);
            }
        }
    }

    /** Publishes at a pace of its own, for so long; a message that is late counts from when it was due. */
    void keepPace(double perSecond, long nanos) throws IOException {
        long begin = System.nanoTime();
        for (long i = 0; ; i++) {
            long due = begin + (long) (i * 1e9 / perSecond);
            if (due - begin >= nanos) {
                return;
            }
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(Math.min(1_000_000, Math.max(1, due - System.nanoTime())));
            }
            publish(due);
        }
    }

    /** Waits until all has arrived, or nothing more comes for a second. */
    void settle() {
        long before = -1;
        long since = System.nanoTime();
        while (underWay() > 0 && System.nanoTime() - since < 1_000_000_000L) {
            if (crowd.received() != before) {
                before = crowd.received();
                since = System.nanoTime();
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Publishes once to each destination; whether all have had theirs. */
    boolean reachesAll() throws IOException {
        for (int i = 0; i < destinations.size(); i++) {
            publish(System.nanoTime());
        }
        settle();
        return underWay() == 0;
    }

    private void publish(long due) throws IOException {
        String destination = destinations.get((int) (sent % destinations.size()));
        publisher.send(contender.publication(destination, Body.of(due, bodyLength)));
        sent++;
    }

    /** How many were published. */
    long sent() {
        return sent;
    }

    private long underWay() {
        return sent * copies - (crowd.received() - receivedBefore);
    }
}
