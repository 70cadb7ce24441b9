package org.stampede.websocket;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.stampede.server.Connections;
import org.stampede.server.StompServer;
import org.stampede.session.Connection;
import org.stampede.stomp.FrameBatch;
import org.stampede.transport.Reading;
import org.stampede.transport.Wire;

/**
 * Where clients connect. Has no state of its own, since containers differ in how many instances they make: all there is to know of
 * a connection is in the user properties of its WebSocket session. Thread-safe.
 */
@Dependent
@ServerEndpoint(
        value = "/stomp",
        subprotocols = {"v12.stomp", "v11.stomp", "v10.stomp"},
        decoders = {TextFrameDecoder.class, BinaryFrameDecoder.class},
        encoders = {TextFrameEncoder.class, BinaryFrameEncoder.class},
        configurator = HandshakeConfigurator.class)
public class StompEndpoint {

    private static final Logger LOG = System.getLogger(StompEndpoint.class.getName());
    private static final String LINK = "stampede.link";

    /**
     * A connection, its wire, what closes that if it does not by itself, what reads its messages, and where it is to be signed off:
     * at the end of the application no bean is left to ask.
     */
    private record Link(
            Connection connection,
            EndpointWire wire,
            Optional<TyrusClosing> closing,
            FrameDecoders decoders,
            Optional<Reading> reading,
            Connections connections) {}

    @Inject
    StompServer server;

    @OnOpen
    public void open(Session session, EndpointConfig config) {
        var connections = server.connections();
        TyrusTimer.stop(session);
        // Heart-beats tell of dead peers.
        session.setMaxIdleTimeout(0);
        var wire = new EndpointWire(session, connections.executor(), connections::lookAround);
        var closing = TyrusClosing.of(session, wire, connections.later());
        Wire outgoing = closing.isPresent() ? closing.get() : wire;
        var connection = connections.open(outgoing, HandshakeConfigurator.visitorOf(session));
        var link =
                new Link(connection, wire, closing, FrameDecoders.of(config), UndertowReading.of(session), connections);
        session.getUserProperties().put(LINK, link);
        HandshakeConfigurator.socketsOf(session).ifPresent(sockets -> sockets.add(connection));
    }

    /** A piece of a text message: see {@link FrameDecoders} why. */
    @OnMessage
    public void text(String piece, boolean last, Session session) throws InterruptedException {
        Link link = linkOf(session);
        if (link != null) {
            TextBatch text = link.decoders().text().decode(piece);
            received(link, text.batch(), text.octets(), true);
        }
    }

    /** A piece of a binary message. */
    @OnMessage
    public void binary(ByteBuffer piece, boolean last, Session session) throws InterruptedException {
        Link link = linkOf(session);
        if (link != null) {
            BinaryBatch binary = link.decoders().binary().decode(piece);
            received(link, binary.batch(), binary.octets(), false);
        }
    }

    private static void received(Link link, FrameBatch batch, long octets, boolean text) throws InterruptedException {
        link.closing().ifPresent(TyrusClosing::read);
        link.wire().clientUsesText(text);
        if (link.reading().isPresent()) {
            link.connection().received(batch, octets, link.reading().get());
        } else {
            link.connection().received(batch, octets);
        }
    }

    /** The answer to a ping. */
    @OnMessage
    public void pong(PongMessage pong, Session session) {
        Link link = linkOf(session);
        if (link != null) {
            link.closing().ifPresent(TyrusClosing::read);
            link.connection().isAlive();
        }
    }

    @OnError
    public void error(Session session, Throwable error) {
        LOG.log(Level.DEBUG, "A WebSocket session failed.", error);
    }

    @OnClose
    public void close(Session session) {
        // Containers may hold a session long after its end, even after that of the application.
        Link link = (Link) session.getUserProperties().remove(LINK);
        if (link != null) {
            link.connections().closed(link.connection());
            link.wire().forget();
            link.closing().ifPresent(TyrusClosing::forget);
            HandshakeConfigurator.socketsOf(session).ifPresent(sockets -> sockets.remove(link.connection()));
        }
    }

    private static @Nullable Link linkOf(Session session) {
        return (Link) session.getUserProperties().get(LINK);
    }
}
