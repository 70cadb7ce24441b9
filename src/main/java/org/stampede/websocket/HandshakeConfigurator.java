package org.stampede.websocket;

import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;

/** Decides about the opening handshake. Stateless. */
public final class HandshakeConfigurator extends ServerEndpointConfig.Configurator {

    /** The newest version that the client offers, in whatever order it does; none if it offers none. */
    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
        return supported.stream().filter(requested::contains).findFirst().orElse("");
    }
}
