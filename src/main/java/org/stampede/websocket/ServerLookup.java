package org.stampede.websocket;

import jakarta.enterprise.inject.spi.CDI;
import org.stampede.server.StompServer;
import org.stampede.stomp.FrameParser;

/** Finds the server from a decoder, into which not every container injects. Stateless. */
final class ServerLookup {

    private ServerLookup() {}

    static FrameParser newParser() {
        var server = CDI.current().select(StompServer.class).get();
        return new FrameParser(server.connections().settings().frames());
    }
}
