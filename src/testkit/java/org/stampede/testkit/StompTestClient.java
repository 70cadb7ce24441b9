package org.stampede.testkit;

import jakarta.json.bind.Jsonb;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.stampede.messaging.Problem;
import org.stampede.session.Connection;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.FrameLimits;
import org.stampede.stomp.FrameParser;
import org.stampede.stomp.FrameWriter;
import org.stampede.stomp.Headers;
import org.stampede.stomp.StompVersion;
import org.stampede.transport.CloseReason;

/**
 * A client of a {@link StompTestKit}. What it sends has been handled when the method returns; what it is sent waits until
 * the test expects it, frame by frame in the order of arrival. It speaks STOMP 1.2 and is subscribed to its problems. Not
 * thread-safe.
 */
public final class StompTestClient {

    private static final String PROBLEMS = "/user/queue/errors";
    private static final FrameLimits LIMITS = new FrameLimits(4 << 20, 100, 10_000, 4 << 20, 1_000, "stampede.limit");

    private final KitWire wire;
    private final Connection connection;
    private final Jsonb jsonb;
    private final FrameParser parser = new FrameParser(LIMITS);
    /** Destination to id. */
    private final Map<String, String> subscriptions = new HashMap<>();

    private int lastId;

    StompTestClient(KitWire wire, Connection connection, Jsonb jsonb) {
        this.wire = wire;
        this.connection = connection;
        this.jsonb = jsonb;
    }

    StompTestClient connect() {
        frame(Command.CONNECT, Headers.of("accept-version", "1.2", "host", "testkit"), "");
        next(Command.CONNECTED);
        return subscribe(PROBLEMS);
    }

    /**
     * The id of the session.
     *
     * @return the {@code session} header of CONNECTED
     */
    public String sessionId() {
        return connection.peer().sessionId();
    }

    /**
     * Subscribes.
     *
     * @param destination where to; once for each destination
     * @param headers     names and values in turn, such as {@code "ack", "client"}
     * @return this
     */
    public StompTestClient subscribe(String destination, String... headers) {
        String id = "sub-" + ++lastId;
        if (subscriptions.putIfAbsent(destination, id) != null) {
            throw new IllegalStateException("The client is already subscribed to " + destination + ".");
        }
        return frame(
                Command.SUBSCRIBE,
                Headers.of("id", id, "destination", destination).plusAll(Headers.of(headers)),
                "");
    }

    /**
     * Ends a subscription.
     *
     * @param destination as it was given to {@link #subscribe}
     * @return this
     */
    public StompTestClient unsubscribe(String destination) {
        String id = subscriptions.remove(destination);
        if (id == null) {
            throw new IllegalStateException("The client is not subscribed to " + destination + ".");
        }
        return frame(Command.UNSUBSCRIBE, Headers.of("id", id), "");
    }

    /**
     * Sends a message.
     *
     * @param destination where to
     * @param payload     a text as it is; any other object as JSON
     * @param headers     names and values in turn, such as {@code "receipt", "1"}
     * @return this
     */
    public StompTestClient send(String destination, Object payload, String... headers) {
        var all = Headers.of("destination", destination).plusAll(Headers.of(headers));
        return payload instanceof String text
                ? frame(Command.SEND, all, text)
                : frame(Command.SEND, all.plus("content-type", "application/json"), jsonb.toJson(payload));
    }

    /**
     * Sends what no other method does: frames as they are on the wire.
     *
     * @param wireText the text, with {@code ^@} for NUL
     * @return this
     */
    public StompTestClient say(String wireText) {
        return receive(wireText.replace("^@", "\0").getBytes(StandardCharsets.UTF_8));
    }

    /** Says goodbye, and is answered. */
    public void disconnect() {
        frame(Command.DISCONNECT, Headers.of("receipt", "bye"), "").expectReceipt("bye");
        lose();
    }

    /** Drops the connection without a word. */
    public void lose() {
        connection.closed();
    }

    /**
     * The next frame is a message.
     *
     * @param destination its {@code destination} header; where a wildcard was subscribed to, that of the message
     * @return the message
     * @throws AssertionError if it is another frame, or there is none
     */
    public ReceivedMessage expectMessage(String destination) {
        Frame frame = next(Command.MESSAGE);
        var message = new ReceivedMessage(frame, jsonb);
        if (frame.header("destination").filter(destination::equals).isEmpty()) {
            throw new AssertionError("Expected a message of " + destination + " but was sent: " + message);
        }
        return message;
    }

    /**
     * The next frame is a problem: a message of the client could not be handled.
     *
     * @return what the client is told
     * @throws AssertionError if it is another frame, or there is none
     */
    public Problem expectProblem() {
        return expectMessage(PROBLEMS).as(Problem.class);
    }

    /**
     * The next frame is a RECEIPT.
     *
     * @param id what was asked for
     * @throws AssertionError if it is another frame, or there is none
     */
    public void expectReceipt(String id) {
        Frame receipt = next(Command.RECEIPT);
        if (receipt.header("receipt-id").filter(id::equals).isEmpty()) {
            throw new AssertionError("Expected the receipt " + id + " but was sent: " + receipt);
        }
    }

    /**
     * The next frame is an ERROR, and the connection was closed.
     *
     * @return the frame; its {@code message} header is the summary, its body the detail
     * @throws AssertionError if it is another frame, or there is none, or the connection is open
     */
    public ReceivedMessage expectError() {
        var error = new ReceivedMessage(next(Command.ERROR), jsonb);
        if (closeCode().isEmpty()) {
            throw new AssertionError("Expected the connection to be closed after: " + error);
        }
        return error;
    }

    /**
     * Nothing has been sent that the test has not seen.
     *
     * @throws AssertionError if something has
     */
    public void expectNothing() {
        wire.poll().ifPresent(frame -> {
            throw new AssertionError("Expected nothing but was sent: " + new ReceivedMessage(frame, jsonb));
        });
    }

    /**
     * How the server closed the connection.
     *
     * @return the code of the WebSocket, empty while the connection is open
     */
    public Optional<Integer> closeCode() {
        return wire.closed().map(CloseReason::code);
    }

    private Frame next(Command command) {
        Frame frame = wire.poll()
                .orElseThrow(() -> new AssertionError("Expected " + command + " but nothing was sent"
                        + closeCode().map(code -> ", closed " + code).orElse("") + "."));
        if (frame.command() != command) {
            throw new AssertionError("Expected " + command + " but was sent: " + new ReceivedMessage(frame, jsonb));
        }
        return frame;
    }

    private StompTestClient frame(Command command, Headers headers, String body) {
        return receive(FrameWriter.octets(Frame.of(command, headers, body), StompVersion.V1_2));
    }

    private StompTestClient receive(byte[] octets) {
        try {
            connection.received(parser.parse(ByteBuffer.wrap(octets)), octets.length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        return this;
    }
}
