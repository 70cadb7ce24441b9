package org.stampede.websocket;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.stampede.server.SecuritySettings;
import org.stampede.server.StompServer;
import org.stampede.server.Visitor;
import org.stampede.stomp.Quoted;

/**
 * Decides about the opening handshake, and notes who opens: later there is no HTTP request to ask. Nothing is injected here in all
 * containers, hence the look-ups. Stateless.
 */
public final class HandshakeConfigurator extends ServerEndpointConfig.Configurator {

    private static final Logger LOG = System.getLogger(HandshakeConfigurator.class.getName());
    private static final String VISITOR = "stampede.visitor";
    private static final String SOCKETS = "stampede.sockets";

    /** The newest version that the client offers, in whatever order it does; none if it offers none. */
    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
        return supported.stream().filter(requested::contains).findFirst().orElse("");
    }

    /** Who is no browser sends no origin, and could send any. */
    @Override
    public boolean checkOrigin(@Nullable String origin) {
        if (origin == null || origin.isEmpty()) {
            return true;
        }
        var security = security();
        var request = HttpHandshake.current(security.proxied());
        boolean allowed = security.origins().allow(origin, request.host(), request.isSecure());
        if (!allowed) {
            LOG.log(
                    Level.INFO,
                    () -> "A browser may not connect from " + Quoted.of(origin) + " to " + Quoted.of(request.host())
                            + " (setting stampede.origins).");
        }
        return allowed;
    }

    private static SecuritySettings security() {
        return server().connections().settings().security();
    }

    private static StompServer server() {
        return CDI.current().select(StompServer.class).get();
    }

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        var user = Optional.ofNullable(request.getUserPrincipal());
        var http = HttpHandshake.current(security().proxied());
        var visitor = new Visitor(
                user,
                server().roles().stream().filter(request::isUserInRole).collect(Collectors.toUnmodifiableSet()),
                http.address(),
                user.flatMap(TokenUser::end),
                user.filter(known -> security().csrf().required() && !http.hasBearerToken())
                        .map(known -> http.csrfToken()));
        config.getUserProperties().put(VISITOR, visitor);
        user.flatMap(known -> http.sockets())
                .ifPresent(sockets -> config.getUserProperties().put(SOCKETS, sockets));
    }

    /** With what else a session ends, by the login of its user. */
    static Optional<SessionSockets> socketsOf(Session session) {
        return Optional.ofNullable((SessionSockets) session.getUserProperties().get(SOCKETS));
    }

    /** Who opened a session. */
    static Visitor visitorOf(Session session) {
        return session.getUserProperties().get(VISITOR) instanceof Visitor visitor ? visitor : Visitor.UNKNOWN;
    }
}
