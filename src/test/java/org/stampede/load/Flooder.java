package org.stampede.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends as fast as it is let, and asks for a RECEIPT of each message. Whoever is refused connects anew and goes on. Thread-safe.
 */
final class Flooder implements AutoCloseable {

    private static final long PAUSE_NANOS = 100_000_000;

    private final Contender contender;
    private final Ledger ledger;
    private final String head;
    private final String tail;
    private final Thread writer = new Thread(this::flood, "flooder");
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger outstanding = new AtomicInteger();
    private volatile boolean enough;
    private volatile boolean closing;
    private volatile Optional<ClientSocket> current = Optional.empty();
    private volatile String lastRefusal = "";

    /** Begins at once. */
    Flooder(Contender contender, String destination, int body, Ledger ledger) {
        this.contender = contender;
        this.ledger = ledger;
        this.head =
                "SEND\ndestination:" + destination + "\ncontent-type:text/plain\ncontent-length:" + body + "\nserial:";
        this.tail = "\n\n" + "x".repeat(body) + "\0";
        writer.start();
    }

    private void flood() {
        while (!enough) {
            try (var socket = new ClientSocket(contender.endpoint(), contender.publisher())) {
                current = Optional.of(socket);
                outstanding.set(0);
                var ear = new Thread(() -> listen(socket), "flooder-ear");
                ear.start();
                send(socket);
                // What is confirmed late is heard, too.
                ear.join();
            } catch (IOException e) {
                refused(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void send(ClientSocket socket) {
        try {
            while (!enough) {
                int number = ledger.next();
                outstanding.incrementAndGet();
                socket.send(head + number + "\nreceipt:" + number + tail);
            }
        } catch (IOException e) {
            // The ear hears why.
        }
    }

    /** Until the server ends it, or {@link #close}. */
    private void listen(ClientSocket socket) {
        try (socket) {
            while (true) {
                socket.read((octets, from, to) -> {
                    Numbers.forEach("RECEIPT\nreceipt-id:", octets, from, to, this::confirmed);
                    String frames = new String(octets, from, to - from, StandardCharsets.UTF_8);
                    int error = frames.indexOf("ERROR\n");
                    if (error >= 0) {
                        throw new IOException(frames.substring(error).replaceAll("[\\n\0]+", " "));
                    }
                });
            }
        } catch (IOException e) {
            refused(e);
        }
    }

    private void confirmed(int number) {
        ledger.confirm(number);
        outstanding.decrementAndGet();
    }

    private void refused(IOException why) {
        outstanding.set(0);
        if (!closing) {
            refusals.incrementAndGet();
            lastRefusal = String.valueOf(why.getMessage());
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Sends no more, and still hears what is confirmed. */
    void stop() {
        enough = true;
    }

    /** Whether it writes into a ledger. */
    boolean floods(Ledger which) {
        return ledger == which;
    }

    /** How many messages wait for their RECEIPT, those aside that were sent before the server ended a connection. */
    int outstanding() {
        return outstanding.get();
    }

    /** How often the server ended the connection. */
    int refusals() {
        return refusals.get();
    }

    /** What it said the last time. */
    String lastRefusal() {
        return lastRefusal;
    }

    @Override
    public void close() throws IOException {
        enough = true;
        closing = true;
        if (current.isPresent()) {
            current.get().close();
        }
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
