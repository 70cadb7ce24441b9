package org.stampede.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import javax.net.ServerSocketFactory;
import org.stampede.stomp.Frame;
import org.stampede.stomp.FrameLimits;
import org.stampede.stomp.FrameParser;

/** A server that does on TCP what the test says, on a free port. Thread-safe. */
public final class ScriptedServer implements AutoCloseable {

    private final ServerSocket socket;
    private final LinkedBlockingQueue<Call> calls = new LinkedBlockingQueue<>();

    public ScriptedServer() throws IOException {
        this(ServerSocketFactory.getDefault(), 0);
    }

    /** @param port 0 for a free one */
    public ScriptedServer(ServerSocketFactory sockets, int port) throws IOException {
        socket = sockets.createServerSocket(port, 10, InetAddress.getByName("localhost"));
        start(this::accept);
    }

    private static void start(Runnable task) {
        var thread = new Thread(task, "scripted-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                calls.add(new Call(socket.accept()));
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** The next connection; waits for it. */
    public Call call() throws InterruptedException {
        return Awaited.next(calls);
    }

    /** How many connections have come that nobody has taken. */
    public int callsWaiting() {
        return calls.size();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Call call : calls) {
            call.hangUp();
        }
    }

    /** One connection. */
    public static final class Call {

        private final Socket socket;
        private final LinkedBlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
        private final LinkedBlockingQueue<Boolean> ends = new LinkedBlockingQueue<>();
        private volatile CountDownLatch reading = new CountDownLatch(0);
        private final Semaphore heartBeats = new Semaphore(0);

        private Call(Socket socket) {
            this.socket = socket;
            start(this::read);
        }

        private void read() {
            var parser = new FrameParser(new FrameLimits(1 << 24, 100, 10_000, 1 << 24, 10_000, "test"));
            byte[] octets = new byte[8192];
            try (socket) {
                for (int n = socket.getInputStream().read(octets);
                        n >= 0;
                        n = socket.getInputStream().read(octets)) {
                    reading.await();
                    frames.addAll(parser.parse(ByteBuffer.wrap(octets, 0, n)).frames());
                    if (n == 1 && octets[0] == '\n') {
                        heartBeats.release();
                    }
                }
                ends.add(true);
            } catch (IOException e) {
                ends.add(false);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Takes nothing more off the network but what is being read. */
        public void stopReading() {
            reading = new CountDownLatch(1);
        }

        public void readOn() {
            reading.countDown();
        }

        /** The next frame; waits for it. */
        public Frame next() throws InterruptedException {
            return Awaited.next(frames);
        }

        /** How many frames have come that nobody has taken. */
        public int framesWaiting() {
            return frames.size();
        }

        /** How many bare end-of-lines came alone. */
        public int heartBeats() {
            return heartBeats.availablePermits();
        }

        /** Sends what is written, with {@code ^@} for NUL. */
        public Call say(String readable) {
            return say(WireText.octets(readable));
        }

        public Call say(byte[] octets) {
            try {
                // Nothing to flush; the peer may hang up at what it gets.
                socket.getOutputStream().write(octets);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return this;
        }

        /** Waits for the other end to close; returns whether it did so in an orderly way. */
        public boolean end() throws InterruptedException {
            return Awaited.next(ends);
        }

        /** Closes in an orderly way. */
        public void hangUp() throws IOException {
            socket.close();
        }

        /** Lets the other end's reads fail. */
        public void reset() throws IOException {
            try {
                socket.setSoLinger(true, 0);
            } catch (SocketException e) {
                // Closed already.
            }
            socket.close();
        }
    }
}
