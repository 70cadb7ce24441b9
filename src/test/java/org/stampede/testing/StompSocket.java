package org.stampede.testing;

import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.FrameBatch;
import org.stampede.stomp.FrameLimits;
import org.stampede.stomp.FrameParser;

/**
 * A client of the tests that says exactly what it is told, message by message and fragment by fragment, over the JDK's own
 * WebSocket. In frames {@code ^@} stands for NUL. One thread at a time.
 */
public final class StompSocket implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** What takes so long is not going on. */
    private static final Duration STUCK = Duration.ofSeconds(3);

    /** A frame, and the kind of message that it came in. */
    public record Received(Frame frame, boolean text) {}

    private final LinkedBlockingQueue<Received> frames = new LinkedBlockingQueue<>();
    private final AtomicInteger heartBeats = new AtomicInteger();
    private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();
    private final WebSocket socket;
    private volatile boolean reading = true;
    /** What a stuck network has not taken yet: nothing else may be sent before. */
    private CompletableFuture<?> onItsWay = CompletableFuture.completedFuture(null);

    private StompSocket(URI server, Map<String, String> headers, String... subprotocols) {
        var builder = HttpClient.newHttpClient().newWebSocketBuilder().connectTimeout(PATIENCE);
        headers.forEach(builder::header);
        if (subprotocols.length > 0) {
            builder.subprotocols(subprotocols[0], Arrays.copyOfRange(subprotocols, 1, subprotocols.length));
        }
        socket = builder.buildAsync(server, new Listener()).join();
    }

    /** Where the endpoint of an application is. */
    public static URI endpointOf(URL application) {
        return URI.create(application.toString().replaceFirst("^http", "ws").replaceFirst("/?$", "/stomp"));
    }

    /** Opens a WebSocket without any STOMP. */
    public static StompSocket open(URI server, String... subprotocols) {
        return new StompSocket(server, Map.of(), subprotocols);
    }

    /** Opens a WebSocket without any STOMP by a request with more headers. */
    public static StompSocket openWith(Map<String, String> headers, URI server) {
        return new StompSocket(server, headers, "v12.stomp");
    }

    /** Opens a WebSocket, and a STOMP 1.2 session in it. */
    public static StompSocket connect(URI server) {
        return connectWith(Map.of(), server);
    }

    /**
     * Opens a WebSocket by a request with more headers, and a STOMP 1.2 session in it. What is merely open may still be unknown to the
     * server; what has a session, or was refused one, is not.
     */
    public static StompSocket connectWith(Map<String, String> headers, URI server) {
        var client = openWith(headers, server);
        client.text("CONNECT\naccept-version:1.2\nhost:test\n\n^@");
        client.next();
        return client;
    }

    /** Opens a WebSocket, and asks for a STOMP 1.2 session of somebody; the answer is still to be read. */
    public static StompSocket logIn(URI server, String name, String passcode) {
        return open(server, "v12.stomp").logIn(name, passcode);
    }

    /** Asks for a STOMP 1.2 session of somebody; the answer is still to be read. */
    public StompSocket logIn(String name, String passcode) {
        return text("CONNECT\naccept-version:1.2\nhost:test\nlogin:" + name + "\npasscode:" + passcode + "\n\n^@");
    }

    public String subprotocol() {
        return socket.getSubprotocol();
    }

    /** Sends one text message. */
    public StompSocket text(String message) {
        return fragment(message, true);
    }

    /** Sends a fragment of a text message. */
    public StompSocket fragment(String part, boolean last) {
        onItsWay.join();
        socket.sendText(part.replace("^@", "\0"), last).join();
        return this;
    }

    /**
     * Sends one text message again and again, until the network takes no more for a while, or the connection is closed; the last
     * one is then on its way.
     *
     * @return how many were taken
     */
    public int sendUntilStuck(String message, int most) {
        return countUntilStuck(most, () -> socket.sendText(message.replace("^@", "\0"), true));
    }

    /** Sends pieces of one text message without end, see {@link #sendUntilStuck}. */
    public int fragmentUntilStuck(String piece, int most) {
        return countUntilStuck(most, () -> socket.sendText(piece, false));
    }

    /** Sends pieces of one binary message without end, see {@link #sendUntilStuck}. */
    public int fragmentUntilStuck(byte[] piece, int most) {
        return countUntilStuck(most, () -> socket.sendBinary(ByteBuffer.wrap(piece), false));
    }

    private int countUntilStuck(int most, Supplier<CompletableFuture<WebSocket>> sending) {
        for (int taken = 0; taken < most; taken++) {
            try {
                onItsWay = sending.get();
                onItsWay.get(STUCK.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException e) {
                return taken;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
        return most;
    }

    /** Sends one binary message. */
    public StompSocket binary(byte[] message) {
        socket.sendBinary(ByteBuffer.wrap(message), true).join();
        return this;
    }

    /** The next frame; fails if none comes in good time. */
    public Frame next() {
        return nextReceived().frame();
    }

    /** The next frame, and the kind of message that it came in. */
    public Received nextReceived() {
        try {
            var received = frames.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (received == null) {
                throw new AssertionError("No frame came within " + PATIENCE
                        + (closeCode.isDone() ? ", closed " + closeCode.join() : ""));
            }
            return received;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Asks for a RECEIPT, by a frame without effect, and collects no other frame: all that was sent before was received. */
    public boolean isSilentUpToReceipt(String receiptId) {
        text("BEGIN\ntransaction:" + receiptId + "\nreceipt:" + receiptId + "\n\n^@");
        text("ABORT\ntransaction:" + receiptId + "\n\n^@");
        return next().header("receipt-id").filter(receiptId::equals).isPresent();
    }

    /** Reads no more: the next message is the last one that is taken off the network. */
    public void stopReading() {
        reading = false;
    }

    private void readOn(WebSocket webSocket) {
        if (reading) {
            webSocket.request(1);
        }
    }

    /** How many bare end-of-lines have come so far. */
    public int heartBeats() {
        return heartBeats.get();
    }

    /** The code with which the server closed; waits for it. */
    public int closeCode() {
        return closeCode.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** Drops the connection without a word. */
    public void abort() {
        socket.abort();
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {

        private final FrameParser parser =
                new FrameParser(new FrameLimits(Integer.MAX_VALUE, 1_000, 100_000, Integer.MAX_VALUE, 1_000, "test"));

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            take(parser.parse(data.toString()), true);
            if (data.toString().equals("\n")) {
                heartBeats.incrementAndGet();
            }
            readOn(webSocket);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
            if (data.remaining() == 1 && data.get(data.position()) == '\n') {
                heartBeats.incrementAndGet();
            }
            take(parser.parse(data), false);
            readOn(webSocket);
            return null;
        }

        private void take(FrameBatch batch, boolean text) {
            batch.frames().forEach(frame -> frames.add(new Received(frame, text)));
            batch.fault()
                    .ifPresent(fault -> frames.add(new Received(
                            Frame.of(Command.ERROR, "message", "The server's frame is malformed: " + fault.detail()),
                            text)));
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            closeCode.complete(statusCode);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            closeCode.completeExceptionally(error);
        }
    }
}
