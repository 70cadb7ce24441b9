package org.stampede.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A WebSocket client that costs next to nothing, so that the machine is left to the server. Not thread-safe. */
final class ClientSocket implements AutoCloseable {

    /** More than any message of the contenders. */
    private static final int ROOM = 64 * 1024;

    private static final int LARGEST_SHORT = 125;
    private static final int MASKED = 0x80;

    private final SocketChannel channel;
    private final ByteBuffer in;

    /** What is done with a message: its octets are in an array. */
    interface Sink {
        void message(byte[] octets, int from, int to) throws IOException;
    }

    /** Shakes hands and says what is to be said. */
    ClientSocket(URI endpoint, List<Contender.Greeting> greetings) throws IOException {
        this(endpoint, greetings, ROOM);
    }

    /**
     * Shakes hands and says what is to be said.
     *
     * @param room how many octets a message may have
     */
    ClientSocket(URI endpoint, List<Contender.Greeting> greetings, int room) throws IOException {
        in = ByteBuffer.allocate(room);
        channel = SocketChannel.open(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()));
        channel.socket().setTcpNoDelay(true);
        channel.write(ByteBuffer.wrap(("GET " + endpoint.getPath() + " HTTP/1.1\r\nHost: " + endpoint.getAuthority()
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII)));
        String head = "";
        while (!head.endsWith("\r\n\r\n")) {
            head += (char) octet();
        }
        if (!head.startsWith("HTTP/1.1 101")) {
            throw new IOException("No handshake with " + endpoint + ": " + head);
        }
        for (var greeting : greetings) {
            send(greeting.words());
            if (!greeting.answer().isEmpty()) {
                await(greeting.answer());
            }
        }
    }

    private int octet() throws IOException {
        var one = ByteBuffer.allocate(1);
        if (channel.read(one) < 0) {
            throw new IOException("The server has hung up.");
        }
        return one.get(0);
    }

    private void await(String words) throws IOException {
        boolean[] come = {false};
        while (!come[0]) {
            read((octets, from, to) ->
                    come[0] |= new String(octets, from, to - from, StandardCharsets.UTF_8).contains(words));
        }
    }

    SocketChannel channel() {
        return channel;
    }

    /** Sends a text message, whose mask is all zeros. */
    void send(String text) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        var out = ByteBuffer.allocate(octets.length + 8);
        out.put((byte) 0x81);
        if (octets.length <= LARGEST_SHORT) {
            out.put((byte) (MASKED | octets.length));
        } else {
            out.put((byte) (MASKED | LARGEST_SHORT + 1)).putShort((short) octets.length);
        }
        out.putInt(0).put(octets).flip();
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    /** Reads what is there, and passes on all that is complete. */
    void read(Sink sink) throws IOException {
        if (channel.read(in) < 0) {
            throw new IOException("The server has hung up.");
        }
        in.flip();
        int end = endOfMessage();
        while (end >= 0) {
            sink.message(in.array(), bodyStart(), end);
            in.position(end);
            end = endOfMessage();
        }
        in.compact();
    }

    private int bodyStart() {
        int length = in.get(in.position() + 1);
        return in.position()
                + switch (length) {
                    case LARGEST_SHORT + 1 -> 4;
                    case LARGEST_SHORT + 2 -> 10;
                    default -> 2;
                };
    }

    /** Where the message at the position ends; -1 if it is not complete. */
    private int endOfMessage() {
        if (in.remaining() < 2 || bodyStart() > in.limit()) {
            return -1;
        }
        int length = in.get(in.position() + 1);
        int octets = switch (length) {
            case LARGEST_SHORT + 1 -> in.getShort(in.position() + 2) & 0xffff;
            case LARGEST_SHORT + 2 -> Math.toIntExact(in.getLong(in.position() + 2));
            default -> length;
        };
        int end = bodyStart() + octets;
        return end <= in.limit() ? end : -1;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
