package org.stampede.server;

import java.nio.file.Path;
import java.util.Optional;
import org.stampede.settings.Settings;
import org.stampede.tcp.Tls;

/**
 * The files that TLS needs. Immutable.
 *
 * @param trusted what the other end must be certified by
 * @param own     the certificate of this server
 */
record TlsFiles(Optional<Tls.Store> trusted, Optional<Tls.Store> own) {

    /** Reads the settings below a name that ends in a dot. */
    static TlsFiles read(Settings from, String name) {
        return new TlsFiles(store(from, name + "trust-store"), store(from, name + "key-store"));
    }

    private static Optional<Tls.Store> store(Settings from, String name) {
        String path = from.text(name, "");
        String password = from.text(name + "-password", "");
        return path.isEmpty() ? Optional.empty() : Optional.of(new Tls.Store(Path.of(path), password));
    }
}
