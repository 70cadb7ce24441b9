package org.stampede.client;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.stampede.stomp.Frame;
import org.stampede.stomp.FrameParser;
import org.stampede.stomp.FrameWriter;
import org.stampede.stomp.StompVersion;
import org.stampede.transport.CloseReason;

/** Moves frames over a socket. Thread-safe as {@link ClientWire} demands. */
final class SocketWire implements ClientWire {

    private static final Logger LOG = System.getLogger(SocketWire.class.getName());

    /** How long the server may take to close its end. */
    private static final int CLOSE_SECONDS = 5;

    private static final int READ_OCTETS = 16 * 1024;
    private static final byte[] HEART_BEAT = {'\n'};

    /** What a close goes to that shall not wait: one of TLS waits for a write under way. */
    private final Socket raw;
    /** The same, with TLS or without. */
    private final Socket socket;
    /** Has one thread, and none while nothing is written. */
    private final ThreadPoolExecutor writer;
    /** The reads that were asked for. */
    private final Semaphore reads = new Semaphore(0);

    private final AtomicBoolean closing = new AtomicBoolean();

    SocketWire(Socket raw, Socket socket, ThreadFactory threads) {
        this.raw = raw;
        this.socket = socket;
        this.writer = new ThreadPoolExecutor(1, 1, CLOSE_SECONDS, SECONDS, new LinkedBlockingQueue<>(), threads);
        writer.allowCoreThreadTimeOut(true);
    }

    @Override
    public void read() {
        reads.release();
    }

    /** Reads to the end of the connection, each time when it is asked to. */
    void readAll(FrameParser parser, WireListener listener) {
        ConnectionLostException cause;
        try {
            var octets = new byte[READ_OCTETS];
            for (int count = next(octets); count >= 0; count = next(octets)) {
                if (!closing.get()) {
                    listener.received(parser.parse(ByteBuffer.wrap(octets, 0, count)));
                }
            }
            cause = new ConnectionLostException("The server closed the connection.", null);
        } catch (IOException | RuntimeException e) {
            cause = new ConnectionLostException("The connection broke.", e);
        } catch (InterruptedException e) {
            // Threads of ours are not interrupted.
            Thread.currentThread().interrupt();
            cause = new ConnectionLostException("The thread of the connection was interrupted.", e);
        }
        abort(raw);
        writer.shutdown();
        listener.ended(cause);
    }

    private int next(byte[] octets) throws IOException, InterruptedException {
        if (!closing.get()) {
            reads.acquire();
        }
        return socket.getInputStream().read(octets);
    }

    @Override
    public void write(List<Frame> frames, StompVersion version, Consumer<Optional<Throwable>> done) {
        try {
            writer.execute(() -> done.accept(written(frames, version)));
        } catch (RejectedExecutionException e) {
            done.accept(Optional.of(e));
        }
    }

    private Optional<Throwable> written(List<Frame> frames, StompVersion version) {
        try {
            socket.getOutputStream().write(frames.isEmpty() ? HEART_BEAT : FrameWriter.octets(frames, version));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }

    /**
     * Says that no more comes, and takes what the server still says until it closes its end: who closes a socket with something unread
     * in it takes back what was written last. TCP has no room for a reason.
     */
    @Override
    public void close(CloseReason reason) {
        if (closing.getAndSet(true)) {
            return;
        }
        try {
            writer.execute(this::takeLeave);
        } catch (RejectedExecutionException e) {
            // It has ended.
            return;
        }
        reads.release();
        CompletableFuture.delayedExecutor(CLOSE_SECONDS, SECONDS).execute(() -> abort(raw));
    }

    private void takeLeave() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            abort(raw);
        }
    }

    /** Closes a socket at once. */
    static void abort(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "A socket did not close cleanly.", e);
        }
    }
}
