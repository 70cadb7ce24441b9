package org.stampede.tcp;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import org.stampede.stomp.FrameLimits;

/** Opens connections to servers, and owns the threads that these read and write on. Thread-safe. */
public final class TcpClient implements AutoCloseable {

    private final EventLoopGroup loops;
    private final Executor blocking;
    private final Optional<Tls> tls;
    private final Duration connectTime;
    private final FrameLimits limits;

    /** A connection that is wanted. */
    private record Call(TcpAddress server, Function<TcpWire, FrameReceiver> onOpen, CompletableFuture<Void> outcome) {}

    /**
     * @param threads     makes the threads of the connections
     * @param count       how many of them
     * @param blocking    where names of hosts are looked up, which may take its time
     * @param tls         empty for connections in the clear
     * @param connectTime how long a connection may take to open, and its TLS handshake again
     * @param limits      how large a received frame may be
     */
    public TcpClient(
            ThreadFactory threads,
            int count,
            Executor blocking,
            Optional<Tls> tls,
            Duration connectTime,
            FrameLimits limits) {
        this.loops = new NioEventLoopGroup(count, threads);
        this.blocking = blocking;
        this.tls = tls;
        this.connectTime = connectTime;
        this.limits = limits;
    }

    /**
     * Opens a connection without blocking.
     *
     * @param server where to
     * @param onOpen given the open connection, before anything is read; returns who is told what comes. Called by the thread of the
     *               connection.
     * @return completed when the connection is open, exceptionally if it cannot be opened
     */
    public CompletionStage<Void> connect(TcpAddress server, Function<TcpWire, FrameReceiver> onOpen) {
        var call = new Call(server, onOpen, new CompletableFuture<>());
        try {
            blocking.execute(() -> resolve(call));
        } catch (RejectedExecutionException | IllegalStateException e) {
            // The application ends; managed executors then say IllegalState.
            call.outcome().completeExceptionally(e);
        }
        return call.outcome();
    }

    private void resolve(Call call) {
        var address = new InetSocketAddress(call.server().host(), call.server().port());
        if (address.isUnresolved()) {
            call.outcome()
                    .completeExceptionally(
                            new UnknownHostException(call.server().host()));
            return;
        }
        EventLoop loop = loops.next();
        try {
            // Only there, so that no other thread deals with objects of Netty.
            loop.execute(() -> connect(call, address, loop));
        } catch (RejectedExecutionException e) {
            call.outcome().completeExceptionally(e);
        }
    }

    private void connect(Call call, InetSocketAddress address, EventLoop loop) {
        Optional<SslHandler> handshake = tls.map(of -> new SslHandler(of.engine(call.server())));
        handshake.ifPresent(handler -> handler.setHandshakeTimeoutMillis(connectTime.toMillis()));
        var reader = new FrameReader(limits);
        var connecting = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(connectTime.toMillis()))
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.AUTO_READ, false)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        handshake.ifPresent(channel.pipeline()::addLast);
                        channel.pipeline().addLast(reader);
                    }
                })
                .connect(address);
        Channel channel = connecting.channel();
        connecting.addListener(connected -> {
            if (connected.isSuccess() && handshake.isPresent()) {
                handshake.get().handshakeFuture().addListener(secured -> opened(call, secured, channel, reader));
            } else {
                opened(call, connected, channel, reader);
            }
        });
    }

    private static void opened(Call call, Future<?> connected, Channel channel, FrameReader reader) {
        if (!connected.isSuccess()) {
            channel.close();
            call.outcome().completeExceptionally(connected.cause());
            return;
        }
        reader.tell(call.onOpen().apply(new TcpWire(channel)));
        channel.config().setAutoRead(true);
        call.outcome().complete(null);
    }

    /** Closes all connections and waits, for a few seconds, until the threads have ended. */
    @Override
    public void close() {
        Loops.end(loops);
    }
}
