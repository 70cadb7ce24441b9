package org.stampede.architecture;

import java.util.List;
import java.util.stream.Stream;

/** The floors of the house, ground first: an import may point sideways or down, never up. Immutable. */
record Floor(List<String> packages) {
    static final List<Floor> ALL = List.of(
            floor("stomp..", "destination..", "messaging..", "settings.."),
            floor("transport..", "security.."),
            floor("broker", "tcp..", "client..", "stocks.."),
            floor("broker.embedded..", "broker.relay..", "session.."),
            floor("dispatch.."),
            floor("server.."),
            floor("websocket.."));

    private static Floor floor(String... packages) {
        return new Floor(List.of(packages));
    }

    /** The package patterns of this floor under {@code root}. */
    Stream<String> in(String root) {
        return packages.stream().map(name -> root + "." + name);
    }
}
