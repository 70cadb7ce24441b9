package org.stampede.broker.embedded;

import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.stampede.broker.embedded.SlowSubscriptions.Policy;
import org.stampede.destination.DestinationPattern;
import org.stampede.stomp.AckMode;
import org.stampede.stomp.Frame;

/**
 * A subscription to topics. Until it starts its messages are held, so many and no more; then they flow to the Outbox from
 * whichever thread publishes. A client that has too many held is as slow as one whose Outbox overflows, and is cut off.
 *
 * <p>Unless it may miss messages: then the oldest of those held are left out, and later they wait in its {@link SlowLane}.
 *
 * <p>Acknowledgements have no effect but that none is taken twice: since every subscription got the message, a NACK
 * redelivers nothing. Unacknowledged ones are remembered up to a limit, beyond it the oldest is forgotten.
 *
 * <p>Thread-safe.
 */
final class TopicSubscription extends Subscription {

    private static final Runnable NOTHING = () -> {};

    private final DestinationPattern pattern;
    private final Topics topics;
    private final MessageIds ids;
    private final InstantSource clock;
    private final int mostPending;
    /** Messages before the start; dissolved after it. */
    private final Line<Fanout> held;
    /** For the modes with acknowledgement: here messages get their numbers, in the order in which they are sent. */
    private final Line<Fanout> numbered;
    /** Where messages may be left out if the client is slow; null if none may. */
    private final @Nullable SlowLane lane;

    private final ReentrantLock lock;
    /** Guarded by the lock of the queues. */
    private final PendingAcks<Boolean> pending = new PendingAcks<>();

    /**
     * @param slow what is done if the client is slow
     * @param lock the lock of the queues
     */
    TopicSubscription(
            Request request,
            Topics topics,
            InstantSource clock,
            EmbeddedBrokerLimits limits,
            SlowSubscriptions slow,
            ReentrantLock lock) {
        super(request);
        this.pattern = request.pattern();
        this.topics = topics;
        this.ids = request.ids();
        this.clock = clock;
        this.mostPending = limits.unacknowledged();
        this.lock = lock;
        this.held = new Line<>(Fanout::weight, limits.heldMessages(), limits.heldOctets());
        this.numbered = new Line<>(Fanout::weight, limits.heldMessages(), limits.heldOctets());
        numbered.open();
        Policy policy = ackMode() == AckMode.AUTO ? slow.policyOf(pattern) : Policy.DISCONNECT;
        this.lane = policy == Policy.DISCONNECT
                ? null
                : new SlowLane(
                        this,
                        policy,
                        slow,
                        limits,
                        clock,
                        request.recipient().lanes(),
                        request.recipient().outbox()::flush,
                        this::send);
    }

    DestinationPattern pattern() {
        return pattern;
    }

    /** Takes a message that its pattern covers. */
    void publish(Fanout fanout) {
        Line.Place place = held.isDissolved() ? Line.Place.DISSOLVED : held.add(fanout);
        switch (place) {
            case DISSOLVED -> flow(fanout);
            case TAKEN -> held.drain(this::flow);
            case FULL -> leaveOutHeld(fanout);
            case ENDED -> {
                // A publisher found this subscription just before it was cancelled.
            }
        }
    }

    private void leaveOutHeld(Fanout fanout) {
        if (lane == null) {
            giveUp();
        } else {
            lane.leftOut(Policy.DROP_OLDEST, held.forgetOldest());
            publish(fanout);
        }
    }

    @Override
    void start() {
        held.dissolve();
        held.drain(this::flow);
    }

    @Override
    void forgetHeld(String destination) {
        held.forget(fanout -> fanout.message().destination().equals(destination));
    }

    @Override
    void deliver(BrokerMessage message) {
        flow(new Fanout(message, ids.nextMessage()));
    }

    private void flow(Fanout fanout) {
        if (fanout.message().expiry().isPast(clock)) {
            return;
        }
        if (lane != null) {
            lane.flow(fanout);
        } else if (ackMode() == AckMode.AUTO) {
            send(fanout, NOTHING);
        } else if (numbered.add(fanout) == Line.Place.FULL) {
            giveUp();
        } else {
            numbered.drain(this::sendNumbered);
        }
    }

    private boolean send(Fanout fanout, Runnable whenWritten) {
        return send(fanout.frame(id()), whenWritten);
    }

    private void giveUp() {
        endLines();
        abandon();
    }

    private void endLines() {
        held.end();
        numbered.end();
        if (lane != null) {
            lane.end();
        }
    }

    private void sendNumbered(Fanout fanout) {
        long delivery;
        lock.lock();
        try {
            delivery = pending.next();
            pending.add(delivery, Boolean.TRUE);
            if (pending.size() > mostPending) {
                pending.forgetOldest();
            }
        } finally {
            lock.unlock();
        }
        Frame frame = fanout.message().frame(headers(delivery));
        send(frame, NOTHING);
    }

    @Override
    CompletionStage<Void> cancel() {
        topics.remove(this);
        endLines();
        return shut();
    }

    @Override
    PendingAcks<?> pending() {
        return pending;
    }

    @Override
    void settle(long delivery, Verdict verdict, Changes changes) {
        pending.settle(delivery, ackMode() == AckMode.CLIENT);
    }
}
