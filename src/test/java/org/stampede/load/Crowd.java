package org.stampede.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Subscribers that read all they get, on one thread, and note how long each message took. Thread-safe once it runs. */
final class Crowd implements AutoCloseable {

    private final List<ClientSocket> sockets;
    private final Selector selector = Selector.open();
    private final Recorder latencies = new Recorder(3);
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong octetsReceived = new AtomicLong();
    private final AtomicInteger gone = new AtomicInteger();
    private final int bodyLength;
    private final Reaction reaction;
    private final Thread reader = new Thread(this::read, "crowd");
    private volatile boolean closing;

    /**
     * @param sockets    who have said all that they say by themselves; closed with the crowd
     * @param bodyLength octets of the body of each message
     * @param reaction   what they do then, on the thread that reads
     */
    Crowd(List<ClientSocket> sockets, int bodyLength, Reaction reaction) throws IOException {
        this.sockets = sockets;
        this.bodyLength = bodyLength;
        this.reaction = reaction;
        for (ClientSocket socket : sockets) {
            socket.channel().configureBlocking(false);
            socket.channel().register(selector, SelectionKey.OP_READ, socket);
        }
        reader.start();
    }

    private void read() {
        try {
            while (!closing) {
                selector.select(key -> read((ClientSocket) key.attachment()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(ClientSocket socket) {
        try {
            socket.read((octets, from, to) -> message(socket, octets, from, to));
        } catch (IOException e) {
            gone.incrementAndGet();
            hangUp(socket);
        }
    }

    private static void hangUp(ClientSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One message of the wire may hold several of ours: each begins with a brace, which no header has. */
    private void message(ClientSocket socket, byte[] octets, int from, int to) throws IOException {
        octetsReceived.addAndGet(to - from);
        int at = from;
        while (at < to) {
            if (octets[at] == '{') {
                latencies.recordValue(Math.max(0, System.nanoTime() - Body.time(octets, at)) / 1_000);
                received.incrementAndGet();
                at += bodyLength;
            } else {
                at++;
            }
        }
        reaction.to(socket, octets, from, to);
    }

    /** How many messages came so far, to all together. */
    long received() {
        return received.get();
    }

    /** Fails if the server has ended a connection: what was measured is then not what it is called. */
    void allStay() throws IOException {
        if (gone.get() > 0) {
            throw new IOException("The server has ended " + gone + " of " + size() + " connections.");
        }
    }

    /** How many octets of messages, to all together. */
    long octetsReceived() {
        return octetsReceived.get();
    }

    /** Processor time of the one thread that reads: near to that of the clock, the client is what is measured. */
    double cpuSeconds() {
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(reader.getId()) / 1e9;
    }

    int size() {
        return sockets.size();
    }

    /** How long messages took since this was asked before, in microseconds. */
    Histogram latencies() {
        return latencies.getIntervalHistogram();
    }

    @Override
    public void close() throws IOException {
        closing = true;
        selector.wakeup();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (ClientSocket socket : sockets) {
            socket.close();
        }
        selector.close();
    }
}
