package org.stampede.websocket;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.stampede.stomp.Frame;
import org.stampede.stomp.StompVersion;
import org.stampede.transport.CloseReason;
import org.stampede.transport.Wire;

/**
 * Moves frames over a WebSocket session. Answers in the kind of message that the client uses, text or binary; a body that is no
 * text leaves as binary in any case. Thread-safe as {@link Wire} demands.
 */
final class EndpointWire implements Wire {

    private static final Logger LOG = System.getLogger(EndpointWire.class.getName());

    /** Those of the endpoint, which containers would look for with each message. */
    private static final TextFrameEncoder TEXT = new TextFrameEncoder();

    private static final BinaryFrameEncoder BINARY = new BinaryFrameEncoder();

    private final Session session;
    private final Executor executor;
    private final Runnable closedSilently;
    private volatile boolean clientUsesText = true;
    private volatile boolean writing;
    /** Who is to be told when the write under way is done: each write has its own place, and is answered once. */
    private volatile AtomicReference<Optional<Consumer<Optional<Throwable>>>> waiting =
            new AtomicReference<>(Optional.empty());

    /**
     * @param executor       where a close is waited for that may take its time
     * @param closedSilently told if a write finds the session closed, though nobody has said so; must not block
     */
    EndpointWire(Session session, Executor executor, Runnable closedSilently) {
        this.session = session;
        this.executor = executor;
        this.closedSilently = closedSilently;
    }

    /** Notes the kind of message that the client used last. */
    void clientUsesText(boolean text) {
        clientUsesText = text;
    }

    @Override
    public void write(List<Frame> frames, StompVersion version, Consumer<Optional<Throwable>> done) {
        boolean text = clientUsesText && areText(frames);
        writing = true;
        var answer = new AtomicReference<>(Optional.of(done));
        waiting = answer;
        SendHandler handler = result -> written(answer, failure(result));
        try {
            RemoteEndpoint.Async remote = session.getAsyncRemote();
            if (text) {
                remote.sendText(TEXT.encode(new OutgoingText(frames, version)), handler);
            } else {
                remote.sendBinary(BINARY.encode(new OutgoingBinary(frames, version)), handler);
            }
            if (!isOpen()) {
                // Open Liberty may never answer a write of a session that it has closed itself.
                written(answer, Optional.of(new IOException("The session is closed.")));
            }
        } catch (RuntimeException e) {
            // The session was closed meanwhile: containers tell by various exceptions.
            written(answer, Optional.of(e));
        }
    }

    private static boolean areText(List<Frame> frames) {
        for (Frame frame : frames) {
            if (!frame.hasTextBody()) {
                return false;
            }
        }
        return true;
    }

    private void written(AtomicReference<Optional<Consumer<Optional<Throwable>>>> answer, Optional<Throwable> failure) {
        if (waiting == answer) {
            writing = false;
        }
        answer.getAndSet(Optional.empty()).ifPresent(done -> {
            done.accept(failure);
            if (failure.isPresent() && !isOpen()) {
                closedSilently.run();
            }
        });
    }

    /** The session has ended. A container may hold on to a write that never ends, and shall not hold the connection by it. */
    void forget() {
        waiting.set(Optional.empty());
    }

    /** Some containers write a ping before they return, so another thread waits for that. The pong comes back by itself. */
    @Override
    public void ping(Consumer<Optional<Throwable>> done) {
        writing = true;
        try {
            executor.execute(() -> pingNow(done));
        } catch (RejectedExecutionException | IllegalStateException e) {
            writing = false;
            done.accept(Optional.of(e));
        }
    }

    @Override
    public boolean isOpen() {
        return session.isOpen();
    }

    @Override
    public boolean canPing() {
        return true;
    }

    private void pingNow(Consumer<Optional<Throwable>> done) {
        Optional<Throwable> failure = Optional.empty();
        try {
            session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
        } catch (IOException | RuntimeException e) {
            failure = Optional.of(e);
        }
        writing = false;
        done.accept(failure);
    }

    private static Optional<Throwable> failure(SendResult result) {
        return result.isOK()
                ? Optional.empty()
                : Optional.of(Optional.ofNullable(result.getException())
                        .orElseGet(() -> new IOException("The message was not sent.")));
    }

    /** Not every container closes at once when a write is stuck: Open Liberty waits for it, and the caller has no time. */
    @Override
    public void close(CloseReason reason) {
        if (!writing) {
            closeNow(reason);
            return;
        }
        try {
            executor.execute(() -> closeNow(reason));
        } catch (RejectedExecutionException | IllegalStateException e) {
            // The application ends, and its executor has.
            closeNow(reason);
        }
    }

    /** Closes by this thread, whatever is under way. */
    void closeNow(CloseReason reason) {
        try {
            var code = jakarta.websocket.CloseReason.CloseCodes.getCloseCode(reason.code());
            session.close(new jakarta.websocket.CloseReason(code, null));
        } catch (IOException | RuntimeException e) {
            // Closed already, or broken: either way it is over.
            LOG.log(Level.DEBUG, "A WebSocket session did not close cleanly.", e);
        }
    }
}
