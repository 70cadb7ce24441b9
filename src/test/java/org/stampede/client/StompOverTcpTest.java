package org.stampede.client;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.stampede.testing.Awaited.done;
import static org.stampede.testing.Awaited.next;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.testing.KeyStores;
import org.stampede.testing.Ports;
import org.stampede.testing.RecordedEvents;
import org.stampede.testing.ScriptedServer;
import org.stampede.testing.ScriptedServer.Call;

/** The Java client on sockets. */
class StompOverTcpTest {

    @TempDir
    static Path directory;

    private final RecordedEvents events = new RecordedEvents();
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

    private StompClientBuilder client(String address) {
        return StompClient.builder(URI.create(address))
                .reconnect(ReconnectPolicy.backOff(Duration.ofMillis(20), Duration.ofMillis(100)))
                .connectTime(Duration.ofMillis(500))
                .listener(events);
    }

    private StompClientBuilder clientOf(ScriptedServer server) {
        return client("stomp://localhost:" + server.port()).connectTime(Duration.ofSeconds(20));
    }

    /** Answers CONNECT. */
    private static Call connected(ScriptedServer server) throws InterruptedException {
        Call call = server.call();
        Frame connect = call.next();
        assertThat(connect.command()).isEqualTo(Command.CONNECT);
        assertThat(connect.header("host")).contains("localhost");
        return call.say("CONNECTED\nversion:1.2\n\n^@");
    }

    private static Call receipt(Call call, Frame frame) {
        return call.say("RECEIPT\nreceipt-id:" + frame.header("receipt").orElseThrow() + "\n\n^@");
    }

    @Test
    void messagesTravelBothWaysUntilTheEnd() throws Exception {
        try (var server = new ScriptedServer();
                var client = clientOf(server).build()) {
            var connecting = client.connect();
            Call call = connected(server);
            ClientSession session = done(connecting);
            session.subscribe("/topic/news", String.class, messages::add);
            String id = call.next().header("id").orElseThrow();
            call.say("MESSAGE\nsubscription:" + id + "\nmessage-id:1\ndestination:/topic/news\n\nhal")
                    .say("f^@\n\nMESSAGE\nsubscription:" + id + "\nmessage-id:2\ndestination:/topic/news\n\ntwo^@");
            assertThat(next(messages)).isEqualTo("half");
            assertThat(next(messages)).isEqualTo("two");
            var sent = session.send("/queue/a", "grüße");
            Frame send = call.next();
            assertThat(send.bodyText()).isEqualTo("grüße");
            receipt(call, send);
            done(sent);
            var leaving = session.disconnect();
            receipt(call, call.next());
            done(leaving);
            assertThat(call.end()).isTrue();
        }
        await().untilAsserted(() -> assertThat(networkThreads()).isEmpty());
    }

    private static Iterable<String> networkThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("stampede-client") && name.contains("network"))
                .toList();
    }

    @Test
    void aLostConnectionIsMadeAnew() throws Exception {
        try (var server = new ScriptedServer();
                var client = clientOf(server).build()) {
            var connecting = client.connect();
            Call first = connected(server);
            done(connecting).subscribe("/topic/news", String.class, messages::add);
            assertThat(first.next().command()).isEqualTo(Command.SUBSCRIBE);
            first.reset();
            assertThat(next(events.queue())).isEqualTo("disconnected");
            Call second = connected(server);
            assertThat(next(events.queue())).isEqualTo("reconnected");
            assertThat(second.next().command()).isEqualTo(Command.SUBSCRIBE);
            second.hangUp();
            assertThat(next(events.queue())).isEqualTo("disconnected");
        }
    }

    @Test
    void heartBeatsAreSentAndMissed() throws Exception {
        try (var server = new ScriptedServer();
                var client = clientOf(server)
                        .heartBeat(Duration.ofMillis(300), Duration.ofMillis(300))
                        .build()) {
            client.connect();
            Call call = server.call();
            call.next();
            call.say("CONNECTED\nversion:1.2\nheart-beat:300,300\n\n^@");
            await().until(() -> call.heartBeats() > 0);
            assertThat(next(events.queue())).isEqualTo("disconnected");
            call.end();
        }
    }

    @Test
    void aSlowHandlerSlowsTheServerDownAndLosesNothing() throws Exception {
        var gate = new CountDownLatch(1);
        try (var server = new ScriptedServer();
                var client = clientOf(server).incoming(2, 1_000_000).build()) {
            var connecting = client.connect();
            Call call = connected(server);
            done(connecting).subscribe("/topic/news", byte[].class, message -> {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                messages.add("one");
            });
            String id = call.next().header("id").orElseThrow();
            byte[] message = ("MESSAGE\nsubscription:" + id + "\nmessage-id:1\ndestination:/topic/news\n\n"
                            + "x".repeat(100_000) + "\0")
                    .getBytes();
            int count = 300;
            var flood = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < count; i++) {
                    call.say(message);
                }
            });
            assertThatThrownBy(() -> flood.get(1, SECONDS)).isInstanceOf(TimeoutException.class);
            gate.countDown();
            done(flood);
            await().until(() -> messages.size() == count);
        }
    }

    /** A server that does not read cannot keep the client from ending. */
    @Test
    void aServerThatTakesNothingIsLeft() throws Exception {
        try (var server = new ScriptedServer()) {
            var client = clientOf(server).outgoing(10_000, 100_000_000).build();
            var connecting = client.connect();
            Call call = connected(server);
            ClientSession session = done(connecting);
            call.stopReading();
            for (int i = 0; i < 100; i++) {
                session.sendUnconfirmed("/queue/a", "x".repeat(500_000), Map.of());
            }
            client.close();
            await().atMost(Duration.ofSeconds(40))
                    .untilAsserted(() -> assertThat(networkThreads()).isEmpty());
            call.readOn();
        }
    }

    private static void isNot(CompletionStage<ClientSession> connecting, Class<? extends Throwable> cause) {
        assertThatThrownBy(() -> done(connecting))
                .cause()
                .isInstanceOf(ConnectionLostException.class)
                .hasCauseInstanceOf(cause);
    }

    @Test
    void whoCannotBeReachedIsToldAtOnce() {
        try (var nobody = client("stomp://localhost:" + Ports.free()).build();
                var nowhere = client("stomp://nowhere.invalid").build();
                var nameless = client("stomp:///x").build()) {
            isNot(nobody.connect(), ConnectException.class);
            isNot(nowhere.connect(), UnknownHostException.class);
            isNot(nameless.connect(), IllegalArgumentException.class);
        }
    }

    @Test
    void tlsIsForTheHostThatTheCertificateNames() throws Exception {
        Path key = KeyStores.key(directory, "host", "dns:localhost");
        Path trust = KeyStores.trusting(key, "host");
        var ours = KeyStores.client(trust, Optional.empty());
        var sockets = KeyStores.server(key, trust).getServerSocketFactory();
        try (var server = new ScriptedServer(sockets, 0)) {
            try (var client = client("stomp+ssl://localhost:" + server.port())
                    .connectTime(Duration.ofSeconds(20))
                    .sslContext(ours)
                    .build()) {
                var connecting = client.connect();
                Call call = connected(server);
                var leaving = done(connecting).disconnect();
                receipt(call, call.next());
                done(leaving);
            }
            String other = InetAddress.getByName("localhost").getHostAddress();
            try (var client = client("stomp+ssl://" + other + ":" + server.port())
                            .connectTime(Duration.ofSeconds(20))
                            .sslContext(ours)
                            .build();
                    var stranger = client("stomp+ssl://localhost:" + server.port())
                            .connectTime(Duration.ofSeconds(20))
                            .build()) {
                isNot(client.connect(), SSLException.class);
                isNot(stranger.connect(), SSLException.class);
            }
        }
    }

    /** Octet by octet a handshake could last for ever. */
    @Test
    void aHandshakeThatDoesNotEndIsGivenUp() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getByName("localhost"));
                var client =
                        client("stomp+ssl://localhost:" + server.getLocalPort()).build()) {
            var connecting = client.connect();
            try (var socket = server.accept()) {
                socket.getOutputStream().write(new byte[] {22, 3, 3, 1, 0});
                assertThatThrownBy(() -> connecting.toCompletableFuture().get(200, MILLISECONDS))
                        .isInstanceOf(TimeoutException.class);
                isNot(connecting, IOException.class);
            }
        }
    }
}
