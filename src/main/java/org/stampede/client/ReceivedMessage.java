package org.stampede.client;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;

/** A MESSAGE of a subscription, or the reply to a request (STOMP 1.2, section MESSAGE). Immutable. */
public final class ReceivedMessage {

    private final Frame frame;
    private final ClientConnection connection;
    private final Payloads payloads;
    private final Callbacks callbacks;

    ReceivedMessage(Frame frame, ClientConnection connection, Payloads payloads, Callbacks callbacks) {
        this.frame = frame;
        this.connection = connection;
        this.payloads = payloads;
        this.callbacks = callbacks;
    }

    /** Where the message was sent to; empty if the server does not say. */
    public String destination() {
        return header("destination").orElse("");
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return frame.header(name);
    }

    /** The first values of all headers, in order; unmodifiable. */
    public Map<String, String> headers() {
        return frame.headerMap();
    }

    /** The body read as UTF-8; octets that are none become U+FFFD. */
    public String text() {
        return frame.bodyText();
    }

    /** A copy of the body. */
    public byte[] bytes() {
        return frame.bodyBytes();
    }

    /**
     * The payload.
     *
     * @param type {@code String}, {@code byte[]}, {@code ReceivedMessage} for this message itself, or whatever JSON Binding reads
     * @throws IllegalArgumentException if the body is not of this type
     * @throws IllegalStateException    if there is no JSON Binding where it is needed
     */
    public <T> T as(Class<T> type) {
        return as(PayloadType.of(type));
    }

    /**
     * The payload, of a type with type arguments.
     *
     * @param type as for {@link #as(Class)}
     * @throws IllegalArgumentException if the body is not of this type
     * @throws IllegalStateException    if there is no JSON Binding where it is needed
     */
    public <T> T as(PayloadType<T> type) {
        return payloads.read(this, type);
    }

    /**
     * Acknowledges this message, and with {@code AckMode.CLIENT} all earlier ones of its subscription.
     *
     * @return completed when the ACK is written; exceptionally with {@link ConnectionLostException} if the connection that
     *     brought the message is gone, whereupon the server delivers it anew, or with {@link QueueFullException}
     * @throws IllegalStateException if the subscription acknowledges by itself
     */
    public CompletionStage<Void> ack() {
        return callbacks.stage(connection.tell(acknowledgement(Command.ACK)));
    }

    /**
     * Says that this message was not processed, and with {@code AckMode.CLIENT} all earlier ones of its subscription. What
     * becomes of it is the server's choice: Stampede's broker delivers it again, and after some times gives it up.
     *
     * @return as for {@link #ack}
     * @throws IllegalStateException if the subscription acknowledges by itself, or the connection speaks STOMP 1.0
     */
    public CompletionStage<Void> nack() {
        return callbacks.stage(connection.tell(acknowledgement(Command.NACK)));
    }

    /**
     * Replies to this message at the place, and with the {@code correlation-id}, that its sender asks for.
     *
     * @param payload as for {@link ClientSession#send(String, Object)}
     * @return completed when the reply is written; exceptionally with {@link ConnectionLostException} if the connection that
     *     brought the message is gone, or with {@link QueueFullException}
     * @throws IllegalStateException if the message asks for no reply, or if there is no JSON Binding where it is needed
     */
    public CompletionStage<Void> reply(Object payload) {
        return callbacks.stage(connection.tell(ClientFrames.reply(frame, payloads.write(payload))));
    }

    /** This message says why a frame of ours will have no RECEIPT. */
    void refuses(String receipt, ProblemException problem) {
        connection.refused(receipt, problem);
    }

    Frame acknowledgement(Command command) {
        return ClientFrames.acknowledge(command, frame, connection.version());
    }

    boolean cameOver(ClientConnection other) {
        return connection == other;
    }

    int weight() {
        return frame.weight();
    }

    /** Header names and body length, fit for a log. */
    @Override
    public String toString() {
        return frame.toString();
    }
}
