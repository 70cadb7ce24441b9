package org.stampede.load;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Consumes so many messages a second, and never stands still; acknowledges them if the mode wants it. Thread-safe. */
final class SlowConsumer implements AutoCloseable {

    private static final int GULP = 4096;
    private static final int ROOM = 64 * 1024;
    /** Else the kernel takes so much that the answer to a ping, which is behind it, comes too late. */
    private static final int RECEIVE_BUFFER = 32 * 1024;

    private static final long BEAT_NANOS = 1_000_000_000L;
    private static final double HASTE = 1e6;

    private final ClientSocket socket;
    private final Ledger ledger;
    private final boolean acknowledges;
    private final Thread reader = new Thread(this::read, "slow-consumer");
    private volatile double perSecond;
    private volatile long consumed;
    private volatile boolean closing;
    private volatile boolean connected = true;

    /** Begins at once. */
    SlowConsumer(Contender contender, String destination, String ack, double perSecond, Ledger ledger)
            throws IOException {
        var channel = SocketChannel.open();
        channel.socket().setReceiveBufferSize(RECEIVE_BUFFER);
        socket = new ClientSocket(
                contender.endpoint(), contender.subscriber(List.of(destination), ack, 0), ROOM, channel);
        this.ledger = ledger;
        this.acknowledges = !ack.equals("auto");
        this.perSecond = perSecond;
        reader.start();
    }

    private void read() {
        try {
            long due = System.nanoTime();
            long beat = due;
            while (!closing) {
                long before = consumed;
                socket.read(GULP, this::message);
                due = Math.max(due, System.nanoTime() - 1_000_000_000L)
                        + (long) ((consumed - before) * 1e9 / perSecond);
                if (System.nanoTime() - beat > BEAT_NANOS) {
                    beat = System.nanoTime();
                    socket.send("\n");
                }
                LockSupport.parkNanos(due - System.nanoTime());
            }
        } catch (IOException e) {
            connected = false;
        }
    }

    private void message(byte[] octets, int from, int to) throws IOException {
        consumed += Numbers.forEach("\nserial:", octets, from, to, ledger::arrive);
        if (acknowledges) {
            Reaction.acknowledging().to(socket, octets, from, to);
        }
    }

    /** From now on as fast as messages come. */
    void hurry() {
        perSecond = HASTE;
    }

    long consumed() {
        return consumed;
    }

    /** Whether it is still served. */
    boolean isConnected() {
        return connected;
    }

    @Override
    public void close() throws IOException {
        closing = true;
        socket.close();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
