package org.stampede.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A WebSocket client that costs next to nothing, so that the machine is left to the server. One thread may read while another writes. */
final class ClientSocket implements AutoCloseable {

    /** More than any message of the contenders. */
    private static final int ROOM = 64 * 1024;

    private static final int LARGEST_SHORT = 125;
    private static final int TEXT = 0x81;
    private static final int PING = 0x89;
    private static final int PONG = 0x8a;
    private static final int MASKED = 0x80;
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final SocketChannel channel;
    private final ByteBuffer in;

    /** What is done with a message: its octets are in an array. */
    interface Sink {
        void message(byte[] octets, int from, int to) throws IOException;
    }

    /** Shakes hands and says what is to be said. */
    ClientSocket(URI endpoint, List<Contender.Greeting> greetings) throws IOException {
        this(endpoint, greetings, ROOM, SocketChannel.open());
    }

    /**
     * Shakes hands and says what is to be said.
     *
     * @param room    how many octets a message may have
     * @param channel not yet connected
     */
    ClientSocket(URI endpoint, List<Contender.Greeting> greetings, int room, SocketChannel channel) throws IOException {
        this.channel = channel;
        in = ByteBuffer.allocate(room);
        channel.connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()));
        channel.socket().setTcpNoDelay(true);
        write(ByteBuffer.wrap(("GET " + endpoint.getPath() + " HTTP/1.1\r\nHost: " + endpoint.getAuthority()
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII)));
        String head = headOfAnswer();
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

    /** What comes behind it stays to be read. */
    private String headOfAnswer() throws IOException {
        int end = -1;
        while (end < 0) {
            if (channel.read(in) <= 0) {
                throw new IOException("The server has hung up.");
            }
            end = endOfHead();
        }
        String head = new String(in.array(), 0, end, StandardCharsets.US_ASCII);
        in.flip().position(end);
        in.compact();
        return head;
    }

    private int endOfHead() {
        for (int at = END_OF_HEAD.length; at <= in.position(); at++) {
            if (Arrays.equals(in.array(), at - END_OF_HEAD.length, at, END_OF_HEAD, 0, END_OF_HEAD.length)) {
                return at;
            }
        }
        return -1;
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
        send(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    private void send(int kind, byte[] octets) throws IOException {
        var out = ByteBuffer.allocate(octets.length + 8);
        out.put((byte) kind);
        if (octets.length <= LARGEST_SHORT) {
            out.put((byte) (MASKED | octets.length));
        } else {
            out.put((byte) (MASKED | LARGEST_SHORT + 1)).putShort((short) octets.length);
        }
        out.putInt(0).put(octets).flip();
        write(out);
    }

    /** Two threads may write: one of them answers pings. */
    private synchronized void write(ByteBuffer out) throws IOException {
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    /** Reads what is there, and passes on all that is complete. */
    int read(Sink sink) throws IOException {
        return read(in.capacity(), sink);
    }

    /** Reads so many octets at most, and passes on all that is complete; tells how many octets they were. */
    int read(int most, Sink sink) throws IOException {
        in.limit(Math.min(in.capacity(), in.position() + most));
        int octets = channel.read(in);
        if (octets < 0) {
            throw new IOException("The server has hung up.");
        }
        in.flip();
        int end = endOfMessage();
        while (end >= 0) {
            take(sink, end);
            in.position(end);
            end = endOfMessage();
        }
        in.compact();
        return octets;
    }

    private void take(Sink sink, int end) throws IOException {
        if ((in.get(in.position()) & 0xff) == PING) {
            send(PONG, Arrays.copyOfRange(in.array(), bodyStart(), end));
        } else {
            sink.message(in.array(), bodyStart(), end);
        }
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
