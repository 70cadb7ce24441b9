package org.stampede.server;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.stampede.session.Connection;
import org.stampede.stomp.FrameBatch;
import org.stampede.stomp.FrameLimits;
import org.stampede.tcp.FrameReceiver;
import org.stampede.tcp.TcpListener;
import org.stampede.tcp.TcpWire;
import org.stampede.tcp.Tls;

/** Where clients come in over TCP, to the same sessions as those over WebSocket. Thread-safe. */
final class TcpDoor implements AutoCloseable {

    private static final Logger LOG = System.getLogger(TcpDoor.class.getName());

    private final TcpListener listener;

    private TcpDoor(TcpListener listener) {
        this.listener = listener;
    }

    /**
     * Begins to listen, as the settings say.
     *
     * @throws IllegalStateException if that is not possible; the message says where, and by which settings
     */
    static TcpDoor open(Connections connections, ServerExecutors executors) {
        TcpOptions options = connections.settings().tcp();
        try {
            var listener = TcpListener.open(
                    options(connections.settings()), executors.threads(), wire -> Guest.welcome(connections, wire));
            LOG.log(level(options), () -> "STOMP over TCP on " + options.address() + ", " + secrecy(options) + ".");
            return new TcpDoor(listener);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "STOMP over TCP is not possible on " + options.address() + " (settings " + TcpOptions.ADDRESS + ", "
                            + TcpOptions.PORT + "): " + e.getMessage(),
                    e);
        }
    }

    private static TcpListener.Options options(ServerSettings settings) {
        FrameLimits frames = settings.frames();
        return new TcpListener.Options(
                settings.tcp().address(),
                settings.tcp().threads(),
                settings.connections(),
                // What one read holds is nothing that a client can know of.
                new FrameLimits(
                        frames.frame(),
                        frames.headers(),
                        frames.headerLine(),
                        frames.body(),
                        Integer.MAX_VALUE,
                        frames.settings()),
                settings.tcp().tls().map(files -> Tls.answering(files.own().orElseThrow(), files.trusted())),
                settings.session().connectTime(),
                settings.session().ping());
    }

    /** Passwords in the clear are for this machine alone. */
    private static Level level(TcpOptions options) throws UnknownHostException {
        boolean discreet = options.tls().isPresent()
                || InetAddress.getByName(options.host()).isLoopbackAddress();
        return discreet ? Level.INFO : Level.WARNING;
    }

    private static String secrecy(TcpOptions options) {
        return options.tls()
                .map(files -> "with TLS" + (files.trusted().isPresent() ? ", for clients with a certificate" : ""))
                .orElse("in the clear: whoever is on the way can read it");
    }

    /** Sends all away who came in here, and waits, for a few seconds, until nothing of it is left. */
    @Override
    public void close() {
        listener.close();
    }

    /** A client as its connection sees it: what is read goes to the session. */
    private record Guest(Connections connections, Connection connection, TcpWire wire) implements FrameReceiver {

        static FrameReceiver welcome(Connections connections, TcpWire wire) {
            return new Guest(connections, connections.open(wire, Visitor.from(wire.address())), wire);
        }

        @Override
        public void received(FrameBatch batch, long octets) {
            connection.received(batch, octets, wire);
        }

        /** By an ERROR. */
        @Override
        public boolean answersFaults() {
            return true;
        }

        @Override
        public void ended(Optional<Throwable> cause) {
            LOG.log(
                    Level.DEBUG,
                    () -> "A connection over TCP has ended"
                            + cause.map(failure -> ": " + failure).orElse("."));
            connections.closed(connection);
        }
    }
}
