package org.stampede.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.stampede.testing.Awaited.done;
import static org.stampede.testing.Awaited.next;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stampede.stocks.Trade;
import org.stampede.testing.ForeignScript;
import org.stampede.testing.KeyStores;
import org.stampede.testing.Ports;
import org.stampede.testing.RecordedEvents;
import org.stampede.testing.TcpPeer;
import org.stampede.testing.server.ServerProcess;

/** Clients of three languages over TCP with TLS, on a real server that is open to all. */
class ForeignClientsIT {

    private static final int PORT = Ports.free();

    @TempDir
    static Path directory;

    private static Path trusted;
    private static ServerProcess server;

    /** What a trader asks for. */
    public record Order(String action, String ticker, int shares) {}

    @BeforeAll
    static void start() throws Exception {
        Path key = KeyStores.key(directory, "server", "dns:localhost");
        trusted = KeyStores.trusting(key, "server");
        server = new ServerProcess(
                "tcp-tls",
                "-Xmx512m",
                "-Dstampede.access=open",
                "-Dstampede.login.delay=100",
                "-Dstampede.heart-beat.send=300",
                "-Dstampede.heart-beat.receive=300",
                "-Dstampede.tcp.port=" + PORT,
                "-Dstampede.tcp.tls=on",
                "-Dstampede.tcp.key-store=" + key,
                "-Dstampede.tcp.key-store-password=" + KeyStores.PASSWORD);
        server.start();
        server.deploy(Path.of(System.getProperty("stampede.war")), "/");
    }

    @AfterAll
    static void end() {
        server.close();
    }

    /** The certificate as other languages want it. */
    private static String certificate() throws Exception {
        KeyStore store = KeyStore.getInstance(trusted.toFile(), KeyStores.PASSWORD.toCharArray());
        byte[] octets = store.getCertificate("server").getEncoded();
        String text = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(octets)
                + "\n-----END CERTIFICATE-----\n";
        return Files.writeString(directory.resolve("server.pem"), text).toString();
    }

    private static SSLContext sslContext() throws Exception {
        return KeyStores.client(trusted, Optional.empty());
    }

    @Test
    void pythonsClientIsAtHome() throws Exception {
        assertThat(ForeignScript.python("protocol.py").run("" + PORT, certificate()))
                .isEqualTo("versions\nacknowledgements\ntransactions\nheart_beats\nerrors\n");
    }

    @Test
    void perlsClientIsAtHome() throws Exception {
        assertThat(ForeignScript.perl("protocol.pl").run("" + PORT, certificate()))
                .isEqualTo("receipts\nacknowledgements\ntransactions\n");
    }

    @Test
    void aJavaProgramTrades() throws Exception {
        URI server = URI.create("stomp+ssl://localhost:" + PORT);
        try (var client = StompClient.builder(server)
                .sslContext(sslContext())
                .credentials("trader", "bulls-and-bears")
                .build()) {
            ClientSession session = done(client.connect());
            BlockingQueue<Trade> trades = new LinkedBlockingQueue<>();
            done(session.subscribe("/user/queue/trades", Trade.class, trades::add)
                    .ready());
            done(session.send("/queue/trade", new Order("BUY", "MMM", 44)));
            assertThat(next(trades).trader()).isEqualTo("trader");
            done(session.disconnect());
        }
    }

    @Test
    void whoSpeaksInTheClearIsNotHeard() throws Exception {
        try (var peer = TcpPeer.open(PORT)) {
            assertThatThrownBy(() -> {
                        peer.say("CONNECT\naccept-version:1.2\nhost:test\n\n^@");
                        peer.next();
                    })
                    .isInstanceOfAny(AssertionError.class, IOException.class);
        }
    }

    @Test
    void aJavaProgramOutlivesARedeployment() throws Exception {
        var events = new RecordedEvents();
        var news = new LinkedBlockingQueue<String>();
        try (var client = StompClient.builder(URI.create("stomp+ssl://localhost:" + PORT))
                .sslContext(sslContext())
                .reconnect(ReconnectPolicy.backOff(Duration.ofMillis(50), Duration.ofMillis(200)))
                .listener(events)
                .build()) {
            ClientSession session = done(client.connect());
            done(session.subscribe("/topic/news", String.class, news::add).ready());
            server.undeploy("/");
            assertThat(next(events.queue())).isEqualTo("disconnected");
            server.deploy(Path.of(System.getProperty("stampede.war")), "/");
            assertThat(next(events.queue())).isEqualTo("reconnected");
            await().until(() -> {
                session.send("/topic/news", "again");
                return !news.isEmpty();
            });
        }
    }
}
