package org.stampede.broker.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.stampede.broker.BrokerSession;
import org.stampede.security.Peer;
import org.stampede.stomp.AckMode;
import org.stampede.stomp.Frame;
import org.stampede.stomp.StompVersion;

/**
 * What a client asked for with a SUBSCRIBE: messages of topics or of one queue, acknowledged in one of three ways. Thread-safe,
 * but for what is said to be guarded by the lock of the {@link Queues}.
 */
abstract sealed class Subscription permits TopicSubscription, QueueSubscription {

    /** How many names and values of headers a delivery has that its message has not. */
    private static final int MOST_HEADERS = 10;

    private final String id;
    private final long number;
    private final AckMode ackMode;
    private final Recipient recipient;
    private final MessageIds ids;
    private final Gate gate = new Gate();

    Subscription(Request request) {
        this.id = request.id();
        this.number = request.ids().nextSubscription();
        this.ackMode = request.ackMode();
        this.recipient = request.recipient();
        this.ids = request.ids();
    }

    /** The id that the client gave it. */
    final String id() {
        return id;
    }

    /** The number by which its deliveries are known. */
    final long number() {
        return number;
    }

    final AckMode ackMode() {
        return ackMode;
    }

    /** Who has it. */
    final Peer peer() {
        return recipient.peer();
    }

    /** Lets its messages flow. */
    abstract void start();

    /** Sends it a message of its own. */
    abstract void deliver(BrokerMessage message);

    /** Drops the messages of a destination that wait for the start, since a snapshot has what they tell. */
    void forgetHeld(String destination) {}

    /**
     * Ends it, on behalf of the client.
     *
     * @return completed when no MESSAGE of it can be sent any more
     */
    abstract CompletionStage<Void> cancel();

    /** Its unacknowledged deliveries; guarded by the lock of the queues. */
    abstract PendingAcks<?> pending();

    /** Which deliveries an ACK or NACK of one covers; guarded by the lock of the queues. */
    final Set<Long> covered(long delivery) {
        return pending().covered(delivery, ackMode == AckMode.CLIENT);
    }

    /** Puts an ACK or NACK into effect; guarded by the lock of the queues. */
    abstract void settle(long delivery, Verdict verdict, Changes changes);

    /** Lets no more frames pass; completed when none is on its way to the Outbox any more. */
    final CompletionStage<Void> shut() {
        return gate.shut();
    }

    final boolean isShut() {
        return gate.isShut();
    }

    /** The Outbox can take no more for it: the peer is too slow. */
    final void abandon() {
        recipient.outbox().overflow();
    }

    /** Sends a frame; returns whether it was taken. */
    final boolean send(Frame frame, Runnable whenWritten) {
        if (!gate.enter()) {
            return false;
        }
        try {
            return recipient.outbox().offer(frame, whenWritten);
        } finally {
            gate.leave();
        }
    }

    /** The headers of a delivery that only this subscription has (STOMP 1.2, section MESSAGE). */
    final List<String> headers(long delivery) {
        String messageId = ids.ofDelivery(number, delivery);
        var headers = new ArrayList<String>(MOST_HEADERS);
        headers.add("message-id");
        headers.add(messageId);
        if (!id.startsWith(BrokerSession.IMPLICIT_ID)) {
            headers.add("subscription");
            headers.add(id);
        }
        if (ackMode != AckMode.AUTO && recipient.version().isAtLeast(StompVersion.V1_2)) {
            headers.add("ack");
            headers.add(messageId);
        }
        return headers;
    }
}
