package org.stampede.client;

import java.lang.ref.WeakReference;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.stampede.client.WebSocketWire.Incoming;
import org.stampede.stomp.FrameParser;
import org.stampede.stomp.StompVersion;

/** Opens WebSockets by the JDK's HTTP client. Thread-safe. */
final class WebSocketConnector implements Connector {

    /**
     * Before JDK 21 an HTTP client cannot be closed, its threads end when it is garbage: so that many clients, one after
     * another, do not leave many such threads, they share one while it is there. Guarded by the class.
     */
    private static @Nullable WeakReference<HttpClient> shared;

    private final ClientSettings settings;
    private final HttpClient http;

    WebSocketConnector(ClientSettings settings, Optional<SSLContext> sslContext) {
        this.settings = settings;
        this.http = sslContext
                .map(context -> HttpClient.newBuilder().sslContext(context).build())
                .orElseGet(WebSocketConnector::shared);
    }

    private static synchronized HttpClient shared() {
        HttpClient there = shared == null ? null : shared.get();
        if (there == null) {
            there = HttpClient.newHttpClient();
            shared = new WeakReference<>(there);
        }
        return there;
    }

    @Override
    public CompletionStage<?> open(Map<String, String> handshakeHeaders, Function<ClientWire, WireListener> onOpen) {
        WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(settings.connectTime());
        handshakeHeaders.forEach(builder::header);
        String[] subprotocols = Arrays.stream(settings.acceptVersion().split(","))
                .flatMap(number -> StompVersion.ofNumber(number).stream())
                .sorted(Comparator.reverseOrder())
                .map(StompVersion::subprotocol)
                .toArray(String[]::new);
        builder.subprotocols(subprotocols[0], Arrays.copyOfRange(subprotocols, 1, subprotocols.length));
        return builder.buildAsync(settings.uri(), new Incoming(new FrameParser(settings.limits()), onOpen));
    }
}
