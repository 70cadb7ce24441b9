package org.stampede.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.stampede.stomp.FrameParser;

/**
 * Opens connections over TCP by the JDK's sockets: a thread that connects, shakes hands and reads, and one that writes. Thread-safe.
 */
final class TcpConnector implements Connector {

    private static final String CLEAR = "stomp";
    private static final String SECRET = "stomp+ssl";
    private static final int CLEAR_PORT = 61_613;
    private static final int SECRET_PORT = 61_614;

    private final ClientSettings settings;
    private final Optional<SSLContext> sslContext;
    private final ThreadFactory threads;

    TcpConnector(ClientSettings settings, Optional<SSLContext> sslContext, ThreadFactory threads) {
        this.settings = settings;
        this.sslContext = sslContext;
        this.threads = threads;
    }

    /** Whether an address is one of STOMP over TCP. */
    static boolean isFor(URI uri) {
        return CLEAR.equalsIgnoreCase(uri.getScheme()) || SECRET.equalsIgnoreCase(uri.getScheme());
    }

    /** There is no HTTP request, and so no place for headers of one. */
    @Override
    public CompletionStage<?> open(Map<String, String> handshakeHeaders, Function<ClientWire, WireListener> onOpen) {
        var opened = new CompletableFuture<Void>();
        threads.newThread(() -> connect(onOpen, opened)).start();
        return opened;
    }

    private void connect(Function<ClientWire, WireListener> onOpen, CompletableFuture<Void> opened) {
        var raw = new Socket();
        // Each read has its time; this is for those who send octet by octet.
        CompletableFuture.delayedExecutor(settings.connectTime().toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    if (!opened.isDone()) {
                        SocketWire.abort(raw);
                    }
                });
        SocketWire wire;
        WireListener listener;
        try {
            wire = new SocketWire(raw, connected(raw), threads);
            listener = onOpen.apply(wire);
        } catch (IOException | RuntimeException e) {
            SocketWire.abort(raw);
            opened.completeExceptionally(e);
            return;
        }
        opened.complete(null);
        wire.readAll(new FrameParser(settings.limits()), listener);
    }

    private Socket connected(Socket raw) throws IOException {
        URI uri = settings.uri();
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("The address " + uri + " names no host.");
        }
        boolean secret = SECRET.equalsIgnoreCase(uri.getScheme());
        String host = uri.getHost().replaceAll("[\\[\\]]", "");
        int usual = secret ? SECRET_PORT : CLEAR_PORT;
        int port = uri.getPort() < 0 ? usual : uri.getPort();
        raw.setTcpNoDelay(true);
        raw.setKeepAlive(true);
        raw.connect(
                new InetSocketAddress(host, port),
                Math.toIntExact(settings.connectTime().toMillis()));
        return secret ? secured(raw, host, port) : raw;
    }

    private Socket secured(Socket raw, String host, int port) throws IOException {
        var factory = sslContext.map(SSLContext::getSocketFactory).orElseGet(() ->
                (SSLSocketFactory) SSLSocketFactory.getDefault());
        var socket = (SSLSocket) factory.createSocket(raw, host, port, true);
        var parameters = socket.getSSLParameters();
        // The certificate must be that of the host: RFC 2818, section 3.1; the algorithm has no other name.
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }
}
