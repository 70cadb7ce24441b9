package org.stampede.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stampede.tcp.TlsKeys.store;
import static org.stampede.testing.Awaited.done;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.FrameBatch;
import org.stampede.stomp.FrameLimits;
import org.stampede.stomp.StompVersion;
import org.stampede.tcp.Tls.Store;
import org.stampede.testing.KeyStores;
import org.stampede.testing.ScriptedServer;

class TlsTest {

    private static final FrameReceiver DEAF = new FrameReceiver() {
        @Override
        public void received(FrameBatch batch, long octets) {}

        @Override
        public void ended(Optional<Throwable> cause) {}
    };

    @TempDir
    static Path directory;

    private static TlsKeys keys;

    @BeforeAll
    static void makeKeys() throws Exception {
        keys = TlsKeys.in(directory);
    }

    /** Server sockets with TLS. */
    private static ScriptedServer server(boolean asksForCertificate) throws Exception {
        var sockets = KeyStores.server(keys.serverKey(), keys.clientTrusted()).getServerSocketFactory();
        return new ScriptedServer(
                new ServerSocketFactory() {
                    @Override
                    public ServerSocket createServerSocket(int port, int backlog, InetAddress address)
                            throws IOException {
                        var socket = (SSLServerSocket) sockets.createServerSocket(port, backlog, address);
                        socket.setNeedClientAuth(asksForCertificate);
                        return socket;
                    }

                    @Override
                    public ServerSocket createServerSocket(int port) throws IOException {
                        return createServerSocket(port, 1);
                    }

                    @Override
                    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
                        return createServerSocket(port, backlog, InetAddress.getLoopbackAddress());
                    }
                },
                0);
    }

    private static TcpClient client(Optional<Store> trusted, Optional<Store> own) {
        var limits = new FrameLimits(100_000, 10, 1_000, 50_000, 1_000, "test");
        return new TcpClient(
                Thread::new, 1, Runnable::run, Optional.of(Tls.of(trusted, own)), Duration.ofSeconds(10), limits);
    }

    /** Says CONNECT; returns what the server understood. */
    private static CompletionStage<Void> hello(TcpClient client, String host, ScriptedServer server) {
        return client.connect(new TcpAddress(host, server.port()), wire -> {
            wire.write(List.of(Frame.of(Command.CONNECT)), StompVersion.V1_2, done -> {});
            return DEAF;
        });
    }

    @Test
    void aServerWithATrustedCertificateIsSpokenTo() throws Exception {
        try (var server = server(false);
                var client = client(store(keys.serverTrusted()), Optional.empty())) {
            done(hello(client, "localhost", server));
            assertThat(server.call().next().command()).isEqualTo(Command.CONNECT);
        }
    }

    @Test
    void aServerThatNobodyCertifiesIsNot() throws Exception {
        try (var server = server(false);
                var client = client(Optional.empty(), Optional.empty())) {
            var outcome = hello(client, "localhost", server);
            assertThatThrownBy(() -> done(outcome)).hasCauseInstanceOf(SSLException.class);
            assertThat(server.call().framesWaiting()).isZero();
        }
    }

    @Test
    void theCertificateMustBeThatOfTheHost() throws Exception {
        try (var server = server(false);
                var client = client(store(keys.serverTrusted()), Optional.empty())) {
            String other = InetAddress.getByName("localhost").getHostAddress();
            var outcome = hello(client, other, server);
            assertThatThrownBy(() -> done(outcome)).hasCauseInstanceOf(SSLException.class);
        }
    }

    @Test
    void aServerMayAskForACertificate() throws Exception {
        try (var server = server(true);
                var client = client(store(keys.serverTrusted()), store(keys.clientKey()))) {
            done(hello(client, "localhost", server));
            assertThat(server.call().next().command()).isEqualTo(Command.CONNECT);
        }
    }

    @Test
    void withoutTheCertificateThatIsAskedForNothingIsHeard() throws Exception {
        try (var server = server(true);
                var client = client(store(keys.serverTrusted()), Optional.empty())) {
            // With TLS 1.3 the refusal comes after the handshake of this end.
            var outcome = new CompletableFuture<Boolean>();
            hello(client, "localhost", server).whenComplete((open, failure) -> outcome.complete(true));
            done(outcome);
            var call = server.call();
            assertThat(call.end()).isFalse();
            assertThat(call.framesWaiting()).isZero();
        }
    }

    @Test
    void aServerWithoutTlsIsGivenUpInTime() throws Exception {
        try (var server = new ScriptedServer();
                var client = new TcpClient(
                        Thread::new,
                        1,
                        Runnable::run,
                        Optional.of(Tls.of(store(keys.serverTrusted()), Optional.empty())),
                        Duration.ofMillis(200),
                        new FrameLimits(100_000, 10, 1_000, 50_000, 1_000, "test"))) {
            var outcome = hello(client, "localhost", server);
            assertThatThrownBy(() -> done(outcome)).hasCauseInstanceOf(SSLException.class);
            assertThat(server.call().end()).isTrue();
        }
    }

    @Test
    void aFileThatIsOfNoUseIsNamed() {
        var absent = store(directory.resolve("absent.p12"));
        assertThatThrownBy(() -> Tls.of(absent, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("absent.p12");
        var wrong = Optional.of(new Store(keys.serverKey(), "wrong"));
        assertThatThrownBy(() -> Tls.of(Optional.empty(), wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("server.p12")
                .hasMessageNotContaining("wrong");
    }
}
