package org.stampede.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import javax.net.ssl.SSLContext;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.FrameLimits;
import org.stampede.stomp.FrameParser;

/**
 * A client over TCP that says exactly what it is told, and takes nothing off the network but when it is asked for a frame. In frames
 * {@code ^@} stands for NUL. One thread at a time.
 */
public final class TcpPeer implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final FrameParser parser =
            new FrameParser(new FrameLimits(Integer.MAX_VALUE, 1_000, 100_000, Integer.MAX_VALUE, 1_000_000, "test"));
    private final ArrayDeque<Frame> frames = new ArrayDeque<>();
    private final byte[] octets = new byte[8192];
    private int heartBeats;

    private TcpPeer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /** Opens a connection to this machine without any STOMP. */
    public static TcpPeer open(int port) throws IOException {
        return open(port, 0);
    }

    /**
     * Opens a connection without any STOMP.
     *
     * @param receiveBuffer what is not read fills little more than so many octets on this side; 0 for any
     */
    public static TcpPeer open(int port, int receiveBuffer) throws IOException {
        var socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress(InetAddress.getByName("localhost"), port), PATIENCE_MILLIS);
        return new TcpPeer(socket);
    }

    /** Opens a connection with TLS, and shakes hands. */
    public static TcpPeer open(int port, SSLContext tls) throws IOException {
        return new TcpPeer(tls.getSocketFactory().createSocket("localhost", port));
    }

    /** Opens a connection, and a STOMP 1.2 session in it. */
    public static TcpPeer connect(int port) throws IOException {
        var peer = open(port).say("CONNECT\naccept-version:1.2\nhost:test\n\n^@");
        assertThat(peer.next().command()).isEqualTo(Command.CONNECTED);
        return peer;
    }

    /** Asks for a STOMP 1.2 session of somebody; the answer is still to be read. */
    public TcpPeer logIn(String name, String passcode) throws IOException {
        return say("CONNECT\naccept-version:1.2\nhost:test\nlogin:" + name + "\npasscode:" + passcode + "\n\n^@");
    }

    /** Sends frames, or pieces of them. */
    public TcpPeer say(String readable) throws IOException {
        return say(WireText.octets(readable));
    }

    public TcpPeer say(byte[] some) throws IOException {
        socket.getOutputStream().write(some);
        socket.getOutputStream().flush();
        return this;
    }

    /** The next frame; waits for it. */
    public Frame next() throws IOException {
        while (frames.isEmpty()) {
            if (!read()) {
                throw new AssertionError("The server has closed the connection.");
            }
        }
        return frames.remove();
    }

    /** The next frame that is not a MESSAGE. */
    public Frame nextAnswer() throws IOException {
        Frame frame = next();
        while (frame.command() == Command.MESSAGE) {
            frame = next();
        }
        return frame;
    }

    /** Waits until a heart-beat comes alone. */
    public void awaitHeartBeat() throws IOException {
        int before = heartBeats;
        while (heartBeats == before) {
            assertThat(read()).as("open").isTrue();
        }
    }

    /** Waits for the server to close, in an orderly way; frames that come before are passed over. */
    public void awaitEnd() throws IOException {
        while (read()) {
            frames.clear();
        }
    }

    /** Whether the connection stands, after a wait for as long as that. */
    public boolean isOpenAfter(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            return read();
        } catch (SocketTimeoutException e) {
            return true;
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    private boolean read() throws IOException {
        InputStream in = socket.getInputStream();
        int count = in.read(octets);
        if (count < 0) {
            return false;
        }
        if (count == 1 && octets[0] == '\n') {
            heartBeats++;
        }
        frames.addAll(parser.parse(ByteBuffer.wrap(octets, 0, count)).frames());
        return true;
    }

    /** Lets the reads of the server fail. */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
