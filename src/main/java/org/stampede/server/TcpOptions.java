package org.stampede.server;

import java.util.Optional;
import org.stampede.settings.Settings;
import org.stampede.tcp.TcpAddress;

/**
 * The settings of STOMP over TCP. Immutable.
 *
 * @param port    where clients connect, 0 if they cannot
 * @param host    the address of this machine where they do
 * @param threads that read and write
 * @param tls     empty for connections in the clear
 */
record TcpOptions(int port, String host, int threads, Optional<TlsFiles> tls) {

    static final String PORT = "stampede.tcp.port";
    static final String ADDRESS = "stampede.tcp.address";

    private static final String NAME = "stampede.tcp.";
    private static final int MOST = 65_535;

    static TcpOptions read(Settings from) {
        int port = port(from);
        Optional<TlsFiles> tls = tls(from);
        if (port > 0 && tls.isPresent() && tls.get().own().isEmpty()) {
            from.fault(NAME + "tls needs a certificate, so " + NAME + "key-store must be set");
        }
        return new TcpOptions(port, from.text(ADDRESS, "localhost"), from.number(NAME + "threads", 2, 1), tls);
    }

    private static int port(Settings from) {
        int port = from.number(PORT, 0, 0);
        if (port > MOST) {
            from.fault(PORT + " must be at most " + MOST + ", and is " + port);
        }
        return Math.min(port, MOST);
    }

    private static Optional<TlsFiles> tls(Settings from) {
        boolean on = from.word(NAME + "tls", "off", "on").equals("on");
        var files = TlsFiles.read(from, NAME);
        return on ? Optional.of(files) : Optional.empty();
    }

    boolean isOn() {
        return port > 0;
    }

    TcpAddress address() {
        return new TcpAddress(host, port);
    }
}
