package org.stampede.load;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A subscriber that reads a share of what each of the others reads, octet for octet. Thread-safe. */
final class SlowReader implements AutoCloseable {

    /** What the kernel holds for it, which is old by the time it is read. */
    private static final int RECEIVE_BUFFER = 4096;

    private static final int ROOM = 64 * 1024;
    private static final int GULP = 256;
    private static final long PAUSE_NANOS = 5_000_000;

    private final ClientSocket socket;
    private final Crowd others;
    private final double share;
    private final int bodyLength;
    private final Thread reader = new Thread(this::read, "slow-reader");
    private volatile boolean connected = true;
    private volatile boolean closing;
    private long messages;
    private long oldest = -1;

    /**
     * What was read.
     *
     * @param messages  how many, since the beginning
     * @param oldest    age in nanoseconds of the oldest message since this was asked before; -1 if there was none
     * @param connected whether there will be more
     */
    record Reading(long messages, long oldest, boolean connected) {

        /** Of nobody. */
        static final Reading NONE = new Reading(0, -1, false);
    }

    SlowReader(Contender contender, String destination, Crowd others, double share, int bodyLength) throws IOException {
        var greetings = contender.subscriber(List.of(destination), "auto", 0);
        var channel = SocketChannel.open();
        channel.socket().setReceiveBufferSize(RECEIVE_BUFFER);
        Ethernet.limit(channel);
        socket = new ClientSocket(contender.endpoint(), greetings, ROOM, channel);
        this.others = others;
        this.share = share;
        this.bodyLength = bodyLength;
        reader.start();
    }

    private void read() {
        long before = others.octetsReceived();
        long read = 0;
        try {
            while (!closing) {
                double allowed = share * (others.octetsReceived() - before) / others.size();
                if (allowed - read >= GULP) {
                    read += socket.read(GULP, this::message);
                } else {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        } catch (IOException e) {
            connected = false;
        }
    }

    private void message(byte[] octets, int from, int to) {
        int at = from;
        while (at < to) {
            if (octets[at] == '{') {
                note(System.nanoTime() - Body.time(octets, at));
                at += bodyLength;
            } else {
                at++;
            }
        }
    }

    private synchronized void note(long age) {
        messages++;
        oldest = Math.max(oldest, age);
    }

    synchronized Reading reading() {
        var reading = new Reading(messages, oldest, connected);
        oldest = -1;
        return reading;
    }

    @Override
    public void close() throws IOException {
        closing = true;
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        socket.close();
    }
}
