package org.stampede.tcp;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.stampede.tcp.Tls.Store;
import org.stampede.testing.KeyStores;

/**
 * A server and a client who know each other. Immutable.
 *
 * @param serverKey     for {@code localhost}
 * @param serverTrusted trusts the server
 * @param clientKey     that of the client
 * @param clientTrusted trusts the client
 */
record TlsKeys(Path serverKey, Path serverTrusted, Path clientKey, Path clientTrusted) {

    static TlsKeys in(Path directory) throws IOException, InterruptedException {
        Path server = KeyStores.key(directory, "server", "dns:localhost");
        Path client = KeyStores.key(directory, "client", "dns:client");
        return new TlsKeys(server, KeyStores.trusting(server, "server"), client, KeyStores.trusting(client, "client"));
    }

    static Optional<Store> store(Path path) {
        return Optional.of(new Store(path, KeyStores.PASSWORD));
    }
}
