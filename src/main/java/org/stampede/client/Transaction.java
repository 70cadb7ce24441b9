package org.stampede.client;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;

/**
 * A transaction: what is sent and acknowledged in it takes effect all at once when it is committed (STOMP 1.2, section BEGIN).
 * When the connection is lost before, the server aborts it. Thread-safe.
 */
public final class Transaction {

    private final String id;
    private final ClientConnection connection;
    private final Payloads payloads;
    private final Callbacks callbacks;
    private final AtomicBoolean over = new AtomicBoolean();
    /** The first frame that could not be sent: without it, the others must not be committed. */
    private final CompletableFuture<Void> refused = new CompletableFuture<>();

    Transaction(String id, ClientConnection connection, Payloads payloads, Callbacks callbacks) {
        this.id = id;
        this.connection = connection;
        this.payloads = payloads;
        this.callbacks = callbacks;
        tell(Frame.of(Command.BEGIN));
    }

    /**
     * Sends a message in this transaction.
     *
     * @param destination where to
     * @param payload     as for {@link ClientSession#send(String, Object)}
     * @return this
     * @throws IllegalStateException if the transaction was committed or aborted
     */
    public Transaction send(String destination, Object payload) {
        return send(destination, payload, Map.of());
    }

    /**
     * Sends a message in this transaction.
     *
     * @param destination where to
     * @param payload     as for {@link ClientSession#send(String, Object)}
     * @param headers     further headers
     * @return this
     * @throws IllegalStateException if the transaction was committed or aborted
     */
    public Transaction send(String destination, Object payload, Map<String, String> headers) {
        checkOpen();
        tell(ClientFrames.send(destination, payloads.write(payload), headers));
        return this;
    }

    /**
     * Acknowledges a message in this transaction.
     *
     * @param message received since the session was last connected
     * @return this
     * @throws IllegalStateException if the transaction was committed or aborted, if the message came over an earlier
     *                               connection, or if its subscription acknowledges by itself
     */
    public Transaction ack(ReceivedMessage message) {
        return acknowledge(Command.ACK, message);
    }

    /**
     * Says in this transaction that a message was not processed.
     *
     * @param message received since the session was last connected
     * @return this
     * @throws IllegalStateException as for {@link #ack}, or if the connection speaks STOMP 1.0
     */
    public Transaction nack(ReceivedMessage message) {
        return acknowledge(Command.NACK, message);
    }

    private Transaction acknowledge(Command command, ReceivedMessage message) {
        checkOpen();
        if (!message.cameOver(connection)) {
            throw new IllegalStateException("The message came over another connection than that of the transaction.");
        }
        tell(message.acknowledgement(command));
        return this;
    }

    /**
     * Commits. If a frame of the transaction could not be sent, everything is aborted instead.
     *
     * @return completed by the RECEIPT; exceptionally with {@link QueueFullException} if everything was aborted, with
     *     {@link ConnectionLostException} or {@link ReceiptTimeoutException} if the outcome is unknown, or with
     *     {@link StompErrorException} if the server refused
     * @throws IllegalStateException if the transaction was committed or aborted
     */
    public CompletionStage<Void> commit() {
        finish();
        if (refused.isDone()) {
            tell(Frame.of(Command.ABORT));
            return callbacks.stage(refused);
        }
        return callbacks.stage(connection.ask(inTransaction(Frame.of(Command.COMMIT))));
    }

    /**
     * Aborts: nothing of the transaction takes effect.
     *
     * @return completed by the RECEIPT; exceptionally as for {@link #commit}
     * @throws IllegalStateException if the transaction was committed or aborted
     */
    public CompletionStage<Void> abort() {
        finish();
        return callbacks.stage(connection.ask(inTransaction(Frame.of(Command.ABORT))));
    }

    private void checkOpen() {
        if (over.get()) {
            throw new IllegalStateException("The transaction is over.");
        }
    }

    private void finish() {
        if (over.getAndSet(true)) {
            throw new IllegalStateException("The transaction is over.");
        }
    }

    private void tell(Frame frame) {
        connection
                .tell(inTransaction(frame))
                .whenComplete(
                        (written, failure) -> Optional.ofNullable(failure).ifPresent(refused::completeExceptionally));
    }

    private Frame inTransaction(Frame frame) {
        return frame.with(frame.headers().plus("transaction", id));
    }
}
