package org.stampede.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.stampede.stomp.Frame;

/**
 * A subscription of a {@link ClientSession}. It outlives the loss of a connection: on the next one it is asked for again, under
 * the same id. Thread-safe.
 */
public final class Subscription {

    private final String id;
    private final Frame subscribe;
    private final Lane lane;
    private final Lifeline lifeline;
    private final Callbacks callbacks;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    Subscription(String id, Frame subscribe, Lane lane, Lifeline lifeline, Callbacks callbacks) {
        this.id = id;
        this.subscribe = subscribe;
        this.lane = lane;
        this.lifeline = lifeline;
        this.callbacks = callbacks;
    }

    /** The id, unique within the session. */
    public String id() {
        return id;
    }

    /** What was subscribed to. */
    public String destination() {
        return subscribe.header("destination").orElse("");
    }

    /**
     * Whether the server has subscribed.
     *
     * @return completed by the first RECEIPT; exceptionally with {@link StompErrorException} if the server refused,
     *     {@link ReceiptTimeoutException} if it did not answer, {@link java.util.concurrent.CancellationException} after {@link
     *     #unsubscribe}, {@link NotConnectedException} if the session was over, or
     *     {@link ConnectionLostException} if it ended before
     */
    public CompletionStage<Void> ready() {
        return callbacks.stage(ready);
    }

    /**
     * Ends this subscription. Its handler is not called again, except for a call under way.
     *
     * @return completed by the RECEIPT, or at once if there is no connection; exceptionally with {@link
     *     ConnectionLostException} or {@link ReceiptTimeoutException}, in which cases the subscription has ended too
     */
    public CompletionStage<Void> unsubscribe() {
        return callbacks.stage(lifeline.unsubscribe(this));
    }

    Frame subscribeFrame() {
        return subscribe;
    }

    void deliver(ReceivedMessage message) {
        lane.deliver(message);
    }

    void confirmed() {
        ready.complete(null);
    }

    void end(Throwable cause) {
        ready.completeExceptionally(cause);
        lane.close();
    }
}
