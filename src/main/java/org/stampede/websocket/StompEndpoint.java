package org.stampede.websocket;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;
import org.stampede.server.Connections;
import org.stampede.server.StompServer;
import org.stampede.session.Connection;
import org.stampede.stomp.FrameBatch;

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

    /** A connection, its wire, and where it is to be signed off: at the end of the application no bean is left to ask. */
    private record Link(Connection connection, EndpointWire wire, Connections connections) {}

    @Inject
    StompServer server;

    @OnOpen
    public void open(Session session) {
        var connections = server.connections();
        // Heart-beats tell of dead peers.
        session.setMaxIdleTimeout(0);
        var settings = connections.settings();
        limitMessages(session, settings.session().loginOctets());
        var wire = new EndpointWire(session);
        var connection = connections.open(wire, HandshakeConfigurator.visitorOf(session));
        connection.onAdmission(() -> limitMessages(session, settings.frames().frame()));
        session.getUserProperties().put(LINK, new Link(connection, wire, connections));
    }

    /** Twice what is allowed: what is a little too much is told by the parser, which names the limit; this saves memory. */
    private static void limitMessages(Session session, int octets) {
        session.setMaxTextMessageBufferSize(2 * octets);
        session.setMaxBinaryMessageBufferSize(2 * octets);
    }

    @OnMessage
    public void text(TextBatch text, Session session) throws InterruptedException {
        received(session, text.batch(), text.octets(), true);
    }

    @OnMessage
    public void binary(BinaryBatch binary, Session session) throws InterruptedException {
        received(session, binary.batch(), binary.octets(), false);
    }

    private static void received(Session session, FrameBatch batch, long octets, boolean text)
            throws InterruptedException {
        Link link = linkOf(session);
        if (link != null) {
            link.wire().clientUsesText(text);
            link.connection().received(batch, octets);
        }
    }

    @OnError
    public void error(Session session, Throwable error) {
        LOG.log(Level.DEBUG, "A WebSocket session failed.", error);
    }

    @OnClose
    public void close(Session session) {
        Link link = linkOf(session);
        if (link != null) {
            link.connections().closed(link.connection());
        }
    }

    private static @Nullable Link linkOf(Session session) {
        return (Link) session.getUserProperties().get(LINK);
    }
}
