package org.stampede.broker;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.stampede.stomp.Frame;

/**
 * One client's dealings with a {@link Broker}. The session has checked the frames before: headers that STOMP requires are
 * there, every SUBSCRIBE has a unique {@code id}, an ACK or NACK names its message by {@code id}, the value of the MESSAGE's
 * {@code ack} header (or {@code message-id} where the version has no such header), and destinations of users are private ones.
 *
 * <p>Thread-safe. Frames given one after the other by one thread take effect in that order. No method blocks.
 */
public interface BrokerSession {

    /**
     * Begins the id of a subscription to which the client of STOMP 1.0 gave none; its MESSAGE frames have no
     * {@code subscription} header.
     */
    String IMPLICIT_ID = "\u0001";

    /**
     * Takes a SEND, SUBSCRIBE, UNSUBSCRIBE, ACK or NACK.
     *
     * @return completed when the frame was processed, so that a RECEIPT may be sent; exceptionally with a
     *     {@link RefusedException} if it could not be
     */
    CompletionStage<Void> accept(Frame frame);

    /**
     * Takes SEND, ACK and NACK frames of a transaction, all or none of them.
     *
     * @return completed when all were processed; exceptionally with a {@link RefusedException} if none was
     */
    CompletionStage<Void> commit(List<Frame> frames);

    /**
     * Lets the messages of a new subscription flow; until then those for it are kept. Called once, after the RECEIPT of the
     * SUBSCRIBE was sent. Without effect if the subscription is gone.
     */
    void start(String subscriptionId);

    /**
     * Sends a message to one subscription only, at once, even before {@link #start}. Without effect if the subscription is gone.
     *
     * @param send a SEND frame, whose destination the subscription covers
     */
    void deliver(String subscriptionId, Frame send);

    /**
     * Sends the state of a destination to one subscription only, at once, in the place of what is held for it from that
     * destination. Without effect if the subscription is gone.
     *
     * @param send a SEND frame, whose destination the subscription covers
     */
    void deliverSnapshot(String subscriptionId, Frame send);

    /**
     * Whether the broker can take more.
     *
     * @return completed when it can; until then a session should take nothing more from its client
     */
    default CompletionStage<Void> room() {
        return CompletableFuture.completedFuture(null);
    }

    /**
     * Whether the broker goes on with this session.
     *
     * @return completed exceptionally with a {@link RefusedException} when it does not, for a reason that no frame is to be blamed for;
     *     never otherwise
     */
    default CompletionStage<Void> failure() {
        return new CompletableFuture<>();
    }

    /**
     * Ends all subscriptions; what was not acknowledged goes to others. Later calls of any method have no effect.
     *
     * @return completed when the broker was told, or cannot be; never exceptionally
     */
    CompletionStage<Void> close();
}
