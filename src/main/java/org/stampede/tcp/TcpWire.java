package org.stampede.tcp;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.stampede.stomp.Frame;
import org.stampede.stomp.FrameWriter;
import org.stampede.stomp.StompVersion;
import org.stampede.transport.CloseReason;
import org.stampede.transport.Reading;
import org.stampede.transport.Wire;

/** One connection over TCP. Whoever writes, the network is touched by Netty's thread only. Thread-safe as {@link Wire} demands. */
public final class TcpWire implements Wire, Reading {

    private static final byte[] HEART_BEAT = {'\n'};

    private final Channel channel;
    /** The last of what was asked for: its thread does that, and nothing that was asked for before. */
    private volatile boolean reads = true;
    /** Touched by its thread only. */
    private boolean writing;

    /** How it ends when all is written. */
    private final Consumer<Channel> leave;

    /** Whoever may take time for a {@link Farewell}. */
    TcpWire(Channel channel) {
        this(channel, Farewell::say);
    }

    TcpWire(Channel channel, Consumer<Channel> leave) {
        this.channel = channel;
        this.leave = leave;
    }

    /** The IP address of the peer, empty if it is gone. */
    public String address() {
        return channel.remoteAddress() instanceof InetSocketAddress peer && peer.getAddress() != null
                ? peer.getAddress().getHostAddress().replaceFirst("%.*", "")
                : "";
    }

    @Override
    public void write(List<Frame> frames, StompVersion version, Consumer<Optional<Throwable>> done) {
        byte[][] octets = frames.isEmpty()
                ? new byte[][] {HEART_BEAT}
                : frames.stream()
                        .map(frame -> FrameWriter.octets(frame, version))
                        .toArray(byte[][]::new);
        try {
            channel.eventLoop().execute(() -> write(octets, done));
        } catch (RejectedExecutionException e) {
            done.accept(Optional.of(e));
        }
    }

    private void write(byte[][] octets, Consumer<Optional<Throwable>> done) {
        var tls = channel.pipeline().get(SslHandler.class);
        if (tls != null && !tls.handshakeFuture().isSuccess()) {
            // Would wait for a peer that may never shake hands.
            done.accept(Optional.of(new SSLException("The handshake of TLS is not over.")));
            return;
        }
        writing = true;
        channel.writeAndFlush(Unpooled.wrappedBuffer(octets)).addListener(written -> {
            writing = false;
            done.accept(Optional.ofNullable(written.cause()));
        });
    }

    @Override
    public void pause() {
        reads = false;
        onItsThread(this::readOrNot);
    }

    @Override
    public void resume() {
        reads = true;
        onItsThread(this::readOrNot);
    }

    private void readOrNot() {
        if (!Farewell.isSaidOn(channel)) {
            channel.config().setAutoRead(reads);
        }
    }

    /** TCP has no room for a reason. */
    @Override
    public void close(CloseReason reason) {
        onItsThread(this::close);
    }

    private void close() {
        if (writing) {
            // The peer does not read, and would not hear it.
            channel.close();
        } else {
            leave.accept(channel);
        }
    }

    /** At once if this is its thread, so that nothing more is read after a pause. */
    private void onItsThread(Runnable action) {
        if (channel.eventLoop().inEventLoop()) {
            action.run();
            return;
        }
        try {
            channel.eventLoop().execute(action);
        } catch (RejectedExecutionException e) {
            // Its threads have ended, and with them all connections.
        }
    }
}
