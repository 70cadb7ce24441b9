package org.stampede.endurance;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.stampede.testing.WireText;

/**
 * A WebSocket client by hand, which may do what no library lets it do: read nothing, or send a frame octet by octet. In frames
 * {@code ^@} stands for NUL. One thread at a time.
 */
final class RawPeer implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final int TEXT = 0x81;
    private static final int CLOSE = 0x88;
    private static final int MASKED = 0x80;

    private final Socket socket = new Socket();
    private final DataInputStream in;

    /** Shakes hands. What it does not read fills little more than the given octets on its side. */
    RawPeer(URI server, int receiveBuffer) {
        try {
            socket.setReceiveBufferSize(receiveBuffer);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), PATIENCE_MILLIS);
            in = new DataInputStream(socket.getInputStream());
            send(("GET " + server.getPath() + " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\n"
                            + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: v12.stomp\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            String answer = headOfAnswer();
            if (!answer.startsWith("HTTP/1.1 101")) {
                throw new AssertionError("No handshake: " + answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String headOfAnswer() throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            head.write(in.readUnsignedByte());
        }
        return head.toString(StandardCharsets.US_ASCII);
    }

    /** Sends one text message. */
    RawPeer text(String readable) {
        send(message(readable));
        return this;
    }

    /** A text message as it is on the network, its mask all zeros. */
    static byte[] message(String readable) {
        return frame(TEXT, WireText.octets(readable));
    }

    /**
     * A WebSocket frame as it is on the network, its mask all zeros.
     *
     * @param kind its first octet (RFC 6455, section 5.2)
     */
    static byte[] frame(int kind, byte[] content) {
        var frame = new ByteArrayOutputStream();
        frame.write(kind);
        if (content.length < 126) {
            frame.write(MASKED | content.length);
        } else if (content.length < 1 << 16) {
            frame.write(MASKED | 126);
            frame.write(content.length >> 8);
            frame.write(content.length);
        } else {
            frame.write(MASKED | 127);
            frame.writeBytes(ByteBuffer.allocate(8).putLong(content.length).array());
        }
        frame.writeBytes(new byte[4]);
        frame.writeBytes(content);
        return frame.toByteArray();
    }

    /** Sends octets as they are. */
    void send(byte[] octets) {
        try {
            socket.getOutputStream().write(octets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends octets one by one on a thread of its own, until they are all sent or nobody takes them. */
    void sendSlowly(byte[] octets, Duration pause) {
        var sending = new Thread(() -> {
            for (byte octet : octets) {
                LockSupport.parkNanos(pause.toNanos());
                send(new byte[] {octet});
            }
        });
        sending.setUncaughtExceptionHandler((thread, hungUp) -> {});
        sending.setDaemon(true);
        sending.start();
    }

    /** Reads text up to and including the next message that has the given words in it. */
    String readUpTo(String words) {
        try {
            String text = "";
            while (!text.contains(words)) {
                text = readMessage();
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException("Before \"" + words + "\" came", e);
        }
    }

    /**
     * Reads up to the server's close, or until it hangs up.
     *
     * @return the close code, or 1006 if there was none
     */
    int closeCode() {
        try {
            while (true) {
                int kind = in.readUnsignedByte();
                byte[] content = in.readNBytes(length());
                if (kind == CLOSE && content.length >= 2) {
                    return (content[0] & 0xff) << 8 | content[1] & 0xff;
                }
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("The server has not hung up.", e);
        } catch (IOException e) {
            return 1006;
        }
    }

    /** Reads whatever comes, for so long or until the server hangs up. */
    void listenFor(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        byte[] heard = new byte[8192];
        try {
            socket.setSoTimeout(50);
            boolean open = true;
            while (open && System.nanoTime() < end) {
                open = listen(heard);
            }
            socket.setSoTimeout(PATIENCE_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean listen(byte[] heard) throws IOException {
        try {
            return in.read(heard) >= 0;
        } catch (SocketTimeoutException e) {
            return true;
        }
    }

    /** Reads until the server hangs up; fails if it does not. */
    void readToTheEnd() {
        try {
            while (in.read() >= 0) {
                continue;
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("The server has not hung up.", e);
        } catch (IOException e) {
            // A reset is an end too.
        }
    }

    private String readMessage() throws IOException {
        in.readUnsignedByte();
        return new String(in.readNBytes(length()), StandardCharsets.UTF_8);
    }

    private int length() throws IOException {
        int length = in.readUnsignedByte();
        return switch (length) {
            case 126 -> in.readUnsignedShort();
            case 127 -> Math.toIntExact(in.readLong());
            default -> length;
        };
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
