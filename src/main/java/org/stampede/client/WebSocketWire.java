package org.stampede.client;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.stampede.stomp.Frame;
import org.stampede.stomp.FrameParser;
import org.stampede.stomp.FrameWriter;
import org.stampede.stomp.StompVersion;
import org.stampede.transport.CloseReason;

/**
 * Moves frames over a WebSocket of the JDK. Bodies that are no text leave in binary messages. Thread-safe as {@link ClientWire}
 * demands; the JDK calls the listener's methods one at a time.
 */
final class WebSocketWire implements ClientWire {

    /** How long the server may take to answer a close. */
    private static final int CLOSE_SECONDS = 5;

    private final WebSocket webSocket;
    private final AtomicBoolean closing = new AtomicBoolean();
    /** Set when the server closed, or the WebSocket failed. */
    private volatile boolean gone;

    WebSocketWire(WebSocket webSocket) {
        this.webSocket = webSocket;
    }

    @Override
    public void read() {
        webSocket.request(1);
    }

    @Override
    public void write(List<Frame> frames, StompVersion version, Consumer<Optional<Throwable>> done) {
        CompletableFuture<WebSocket> sent = frames.stream().allMatch(Frame::hasTextBody)
                ? webSocket.sendText(text(frames, version), true)
                : webSocket.sendBinary(ByteBuffer.wrap(FrameWriter.octets(frames, version)), true);
        sent.whenComplete((same, failure) -> done.accept(Optional.ofNullable(failure)));
    }

    private static String text(List<Frame> frames, StompVersion version) {
        return frames.isEmpty() ? "\n" : FrameWriter.text(frames, version);
    }

    @Override
    public void close(CloseReason reason) {
        if (closing.getAndSet(true) || gone) {
            return;
        }
        // The server's answer comes only to those who read.
        webSocket.request(Long.MAX_VALUE);
        webSocket.sendClose(reason.code(), "").whenComplete((same, failure) -> {
            if (failure != null) {
                webSocket.abort();
            }
        });
        CompletableFuture.delayedExecutor(CLOSE_SECONDS, SECONDS).execute(() -> {
            if (!gone) {
                webSocket.abort();
            }
        });
    }

    /** What comes in over the WebSocket. Confined to the JDK's calls, one at a time. */
    static final class Incoming implements WebSocket.Listener {

        private final FrameParser parser;
        private final Function<ClientWire, WireListener> onOpen;
        private @Nullable WebSocketWire wire;
        private @Nullable WireListener listener;

        Incoming(FrameParser parser, Function<ClientWire, WireListener> onOpen) {
            this.parser = parser;
            this.onOpen = onOpen;
        }

        /** Asks for nothing yet: whoever listens does. */
        @Override
        public void onOpen(WebSocket webSocket) {
            wire = new WebSocketWire(webSocket);
            listener = onOpen.apply(wire);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            if (isWanted() && listener != null) {
                listener.received(parser.parse(data.toString()));
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
            if (isWanted() && listener != null) {
                listener.received(parser.parse(data));
            }
            return null;
        }

        private boolean isWanted() {
            return wire != null && !wire.closing.get();
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            end(new ConnectionLostException("The server closed the connection with code " + code + ".", null));
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable failure) {
            end(new ConnectionLostException("The connection broke.", failure));
        }

        private void end(ConnectionLostException cause) {
            if (wire != null) {
                wire.gone = true;
            }
            if (listener != null) {
                listener.ended(cause);
            }
        }
    }
}
