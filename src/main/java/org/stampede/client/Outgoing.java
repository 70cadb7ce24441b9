package org.stampede.client;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.stampede.client.ClientSettings.Bounds;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.StompVersion;
import org.stampede.transport.CloseReason;
import org.stampede.transport.Outbox;
import org.stampede.transport.OutboxLimits;
import org.stampede.transport.Wire;

/**
 * The outgoing lane of one connection. Where an {@link Outbox} gives up a peer that does not read, a client would rather
 * refuse its application: so the bounds are kept here, and those of the Outbox are out of reach. Thread-safe.
 */
final class Outgoing {

    private static final Runnable NOTHING = () -> {};

    private final Bounds bounds;
    private final Outbox outbox;

    // Guarded by this.
    private int frames;
    private long octets;

    Outgoing(Wire wire, Bounds bounds, Duration writeTime, LongSupplier nanoTime) {
        this.bounds = bounds;
        this.outbox = new Outbox(wire, new OutboxLimits(Integer.MAX_VALUE, Long.MAX_VALUE, writeTime), nanoTime);
    }

    void version(StompVersion version) {
        outbox.version(version);
    }

    /**
     * Writes a frame as soon as possible. Only what an application can send without end is bounded.
     *
     * @return why the frame was refused, empty if it was not
     */
    Optional<QueueFullException> offer(Frame frame) {
        return offer(frame, NOTHING);
    }

    /**
     * Writes a frame as soon as possible.
     *
     * @param whenWritten called once it was handed to the network
     * @return why the frame was refused, empty if it was not
     */
    Optional<QueueFullException> offer(Frame frame, Runnable whenWritten) {
        int weight = frame.weight();
        var refusal = admit(frame.command(), weight);
        if (refusal.isEmpty()) {
            outbox.offer(frame, () -> {
                count(-1, -weight);
                whenWritten.run();
            });
        }
        return refusal;
    }

    private synchronized Optional<QueueFullException> admit(Command command, int weight) {
        boolean bounded = command == Command.SEND || command == Command.ACK || command == Command.NACK;
        if (bounded && frames >= bounds.outgoingFrames()) {
            return Optional.of(new QueueFullException("outgoing frames", bounds.outgoingFrames(), "outgoing"));
        }
        if (bounded && frames > 0 && octets + weight > bounds.outgoingOctets()) {
            return Optional.of(new QueueFullException("outgoing octets", bounds.outgoingOctets(), "outgoing"));
        }
        count(1, weight);
        return Optional.empty();
    }

    private synchronized void count(int moreFrames, int moreOctets) {
        frames += moreFrames;
        octets += moreOctets;
    }

    /** Writes a last frame and then closes the wire. */
    void finishWith(Frame last) {
        outbox.closeWith(last, CloseReason.NORMAL);
    }

    /** Writes nothing more. */
    void abandon() {
        outbox.abandon();
    }

    /** Keeps time, see {@link Outbox#tick}. */
    void tick(long beatNanos) {
        outbox.tick(beatNanos);
    }
}
