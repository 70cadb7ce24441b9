package org.stampede.tcp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.stampede.stomp.FrameLimits;

/** Takes connections of clients, and owns the threads that these read and write on. Thread-safe. */
public final class TcpListener implements AutoCloseable {

    private static final Logger LOG = System.getLogger(TcpListener.class.getName());

    /** So many more than there may be are open at a time, to be told so. */
    private static final int TOLD = 1_000;
    /** So much is read at a time: what comes after a pause is no more than that. */
    private static final int MOST_OCTETS = 8 * 1024;

    private static final int USUAL_OCTETS = 1024;
    private static final int LEAST_OCTETS = 256;
    /** So many may wait to be taken; the system may allow fewer. */
    private static final int BACKLOG = 1_024;
    /** After so many unanswered questions the system gives a peer up. */
    private static final int PROBES = 3;

    private final Options options;
    private final Function<TcpWire, FrameReceiver> onOpen;
    private final ServerSocketChannel socket;
    private final EventLoopGroup loops;
    private final AtomicInteger open = new AtomicInteger();

    /**
     * How to listen. Immutable.
     *
     * @param address     where
     * @param threads     how many read and write
     * @param connections at most so many, and a few that are told that they are too many
     * @param limits      how large a received frame may be
     * @param tls         empty for connections in the clear
     * @param handshake   how long the one of TLS may take
     * @param keepAlive   after how long a silence the system asks whether the peer is there, zero for never
     */
    public record Options(
            TcpAddress address,
            int threads,
            int connections,
            FrameLimits limits,
            Optional<Tls> tls,
            Duration handshake,
            Duration keepAlive) {}

    private TcpListener(
            Options options,
            ServerSocketChannel socket,
            ThreadFactory threads,
            Function<TcpWire, FrameReceiver> onOpen) {
        this.options = options;
        this.socket = socket;
        this.onOpen = onOpen;
        this.loops = new NioEventLoopGroup(options.threads(), threads);
    }

    /**
     * Begins to listen. Connections are taken as soon as the threads run, which Open Liberty lets them when the application has started.
     *
     * @param threads makes the threads of the connections
     * @param onOpen  given each new connection, before anything is read, and with TLS before the handshake; returns who is told what
     *                comes. Called by the thread of the connection.
     * @throws IOException if it cannot listen there, such as {@link java.net.BindException}
     */
    public static TcpListener open(Options options, ThreadFactory threads, Function<TcpWire, FrameReceiver> onOpen)
            throws IOException {
        var listener = new TcpListener(options, bind(options.address()), threads, onOpen);
        // Only there, so that no other thread deals with objects of Netty.
        listener.loops.next().execute(listener::take);
        return listener;
    }

    private static ServerSocketChannel bind(TcpAddress where) throws IOException {
        var address = new InetSocketAddress(where.host(), where.port());
        if (address.isUnresolved()) {
            throw new UnknownHostException("Unknown host " + where.host());
        }
        ServerSocketChannel socket = ServerSocketChannel.open();
        try {
            // Connections that have just ended do not keep the next application from listening.
            return socket.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(address, BACKLOG);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private void take() {
        new ServerBootstrap()
                .group(loops)
                .channelFactory(() -> new NioServerSocketChannel(socket))
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(
                        ChannelOption.RCVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(LEAST_OCTETS, USUAL_OCTETS, MOST_OCTETS))
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        welcome(channel);
                    }
                })
                .register();
    }

    private void welcome(Channel channel) {
        int now = open.incrementAndGet();
        channel.closeFuture().addListener(closed -> open.decrementAndGet());
        if (now > (long) options.connections() + TOLD) {
            channel.close();
            return;
        }
        keepAlive(channel.config());
        options.tls().ifPresent(tls -> {
            var handshake = new SslHandler(tls.answeringEngine());
            handshake.setHandshakeTimeoutMillis(options.handshake().toMillis());
            channel.pipeline().addLast(handshake);
        });
        var reader = new FrameReader(options.limits());
        channel.pipeline().addLast(reader);
        reader.tell(onOpen.apply(new TcpWire(channel, this::leave)));
    }

    /** Where it is crowded there is no time for farewells: they would keep others out. */
    private void leave(Channel channel) {
        if (open.get() > options.connections()) {
            channel.close();
        } else {
            Farewell.say(channel);
        }
    }

    /** Some systems have no such options beside the first. */
    private void keepAlive(ChannelConfig config) {
        int seconds = (int) Math.min(Short.MAX_VALUE, options.keepAlive().toSeconds());
        if (options.keepAlive().isZero()) {
            return;
        }
        config.setOption(ChannelOption.SO_KEEPALIVE, true);
        config.getOptions().keySet().forEach(option -> {
            switch (option.name().replaceFirst(".*#", "")) {
                case "TCP_KEEPIDLE", "TCP_KEEPINTERVAL" -> set(config, option, Math.max(1, seconds));
                case "TCP_KEEPCOUNT" -> set(config, option, PROBES);
                default -> {
                    // What else sockets have.
                }
            }
        });
    }

    @SuppressWarnings("unchecked") // These are numbers, by the specification of the JDK.
    private static void set(ChannelConfig config, ChannelOption<?> option, int value) {
        config.setOption((ChannelOption<Integer>) option, value);
    }

    /** Stops to listen, closes all connections and waits, for a few seconds, until the threads have ended. */
    @Override
    public void close() {
        Loops.end(loops);
        try {
            // Threads that never ran have not done it.
            socket.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "The socket of the listener did not close cleanly.", e);
        }
    }
}
