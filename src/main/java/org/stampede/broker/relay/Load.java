package org.stampede.broker.relay;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** How much is on its way to the broker: frames, and their octets. Thread-safe; stages complete under no lock. */
final class Load {

    private static final CompletableFuture<Void> NOW = CompletableFuture.completedFuture(null);

    private final int manyFrames;
    private final long manyOctets;

    // Guarded by this.
    private int frames;
    private long octets;
    /** Whoever waits until it is less; null if nobody does. */
    private @Nullable CompletableFuture<Void> room;

    private boolean ended;

    /**
     * @param manyFrames so many are enough for now
     * @param manyOctets so many are enough for now
     */
    Load(int manyFrames, long manyOctets) {
        this.manyFrames = manyFrames;
        this.manyOctets = manyOctets;
    }

    synchronized void add(int weight) {
        frames++;
        octets += weight;
    }

    void remove(int weight) {
        complete(removed(weight));
    }

    private synchronized @Nullable CompletableFuture<Void> removed(int weight) {
        frames--;
        octets -= weight;
        return frames <= manyFrames / 2 && octets <= manyOctets / 2 ? taken() : null;
    }

    /** Whether one more fits; one alone may have more octets. */
    synchronized boolean hasRoomFor(int weight, int mostFrames, long mostOctets) {
        return frames < mostFrames && (frames == 0 || octets + weight <= mostOctets);
    }

    /** Completed now if there is not much, else when half of that is gone, or nothing matters any more. */
    synchronized CompletionStage<Void> room() {
        if (ended || (frames < manyFrames && octets < manyOctets)) {
            return NOW;
        }
        if (room == null) {
            room = new CompletableFuture<>();
        }
        return room;
    }

    /** The connection is over. */
    void end() {
        complete(endedNow());
    }

    private synchronized @Nullable CompletableFuture<Void> endedNow() {
        ended = true;
        return taken();
    }

    private @Nullable CompletableFuture<Void> taken() {
        var waiting = room;
        room = null;
        return waiting;
    }

    private static void complete(@Nullable CompletableFuture<Void> waiting) {
        if (waiting != null) {
            waiting.complete(null);
        }
    }
}
