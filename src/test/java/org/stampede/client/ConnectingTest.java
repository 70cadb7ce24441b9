package org.stampede.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.CONNECT;
import static org.stampede.stomp.Command.DISCONNECT;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stampede.transport.CloseReason;

class ConnectingTest {

    @RegisterExtension
    final TestServer server = new TestServer();

    @Test
    void connectSaysWhoAndWhat() {
        TestSession.on(
                        server,
                        settings -> settings.credentials("ann", "secret")
                                .heartBeat(Duration.ofSeconds(5), Duration.ofSeconds(7))
                                .connectHeaders(() -> Map.of("client-id", "c1"))
                                .handshakeHeaders(() -> Map.of("Authorization", "Bearer x")))
                .connecting();
        server.connection()
                .client()
                .sent(
                        CONNECT,
                        "accept-version:1.1,1.2",
                        "host:example.com",
                        "login:ann",
                        "passcode:secret",
                        "heart-beat:5000,7000",
                        "client-id:c1");
        assertThat(server.handshakes).containsExactly(Map.of("Authorization", "Bearer x"));
    }

    @Test
    void version10IsOfferedOnRequest() {
        var client = TestSession.on(server, StompClientBuilder::acceptVersion10).connecting();
        server.connection().client().sent(CONNECT, "accept-version:1.0,1.1,1.2");
        server.connection().say("CONNECTED\n\n^@");
        assertThat(client.session.state()).isEqualTo(SessionState.CONNECTED);
    }

    @Test
    void connectedCompletesTheStage() {
        var client = TestSession.on(server).connecting();
        server.connection().client().sent(CONNECT);
        assertThat(client.connection()).isNotDone();
        assertThat(client.session.state()).isEqualTo(SessionState.CONNECTING);
        server.connection().say("CONNECTED\nversion:1.1\n\n^@");
        assertThat(client.connection()).isCompletedWithValue(client.session);
        assertThat(client.session.state()).isEqualTo(SessionState.CONNECTED);
    }

    @Test
    void anErrorFailsTheStageWithAllThatTheServerSaid() {
        var client = TestSession.on(server).connecting();
        server.connection().client().sent(CONNECT);
        server.connection().say("ERROR\nmessage:No entry\nx:y\n\nBecause.^@");
        var error = (StompErrorException) failure(client.connection());
        assertThat(error.summary()).isEqualTo("No entry");
        assertThat(error.detail()).isEqualTo("Because.");
        assertThat(error.headers()).containsEntry("x", "y");
        assertEnded(client);
    }

    @Test
    void aVersionThatWasNotOfferedFailsTheStage() {
        var client = TestSession.on(server).connecting();
        server.connection().client().sent(CONNECT);
        server.connection().say("CONNECTED\n\n^@");
        assertThat(failure(client.connection())).hasMessageContaining("not asked for");
        assertEnded(client);
    }

    @Test
    void whatIsNoStompFailsTheStage() {
        var client = TestSession.on(server).connecting();
        server.connection().client().sent(CONNECT);
        server.connection().say("HELLO\n\n^@");
        assertThat(failure(client.connection())).hasMessageContaining("not STOMP");
        assertEnded(client);
    }

    @Test
    void silenceFailsTheStageInTime() {
        var client = TestSession.on(server, settings -> settings.connectTime(Duration.ofSeconds(3)))
                .connecting();
        server.connection().client().sent(CONNECT);
        client.pass(Duration.ofSeconds(3));
        assertThat(client.connection()).isNotDone();
        client.pass(Duration.ofMillis(1));
        assertThat(failure(client.connection())).hasMessageContaining("in time");
        assertEnded(client);
    }

    @Test
    void aServerThatIsNotThereFailsTheStage() {
        var cause = new IllegalStateException("refused");
        server.refuse(cause);
        var client = TestSession.on(server).connecting();
        assertThat(failure(client.connection()))
                .isInstanceOf(ConnectionLostException.class)
                .hasMessageContaining("ws://example.com/stomp")
                .hasCause(cause);
        assertThat(client.session.isOver()).isTrue();
    }

    @Test
    void headersThatCannotBeHadFailTheStage() {
        var client = TestSession.on(
                        server,
                        settings -> settings.handshakeHeaders(() -> {
                            throw new IllegalStateException("No token.");
                        }))
                .connecting();
        assertThat(failure(client.connection())).hasRootCauseMessage("No token.");
    }

    @Test
    void disconnectWaitsForItsReceiptAndThenCloses() {
        var client = TestSession.on(server).connected();
        var disconnected = client.session.disconnect().toCompletableFuture();
        server.connection().client().sent(DISCONNECT, "receipt:disconnect").isOpen();
        assertThat(client.session.state()).isEqualTo(SessionState.DISCONNECTING);
        assertThat(failure(client.session.send("/topic/x", "late").toCompletableFuture()))
                .isInstanceOf(NotConnectedException.class);
        server.connection().say("RECEIPT\nreceipt-id:disconnect\n\n^@");
        server.connection().client().closed(CloseReason.NORMAL);
        assertThat(disconnected).isCompleted();
        assertThat(client.session.state()).isEqualTo(SessionState.CLOSED);
        assertThat(client.session.isOver()).isTrue();
        assertThat(client.events).containsExactly("close");
    }

    @Test
    void whoLeavesAsSoonAsConnectedIsNotHeldBack() {
        var client = TestSession.on(server).connecting();
        var disconnected = client.connection().thenCompose(ClientSession::disconnect);
        server.connection().client().sent(CONNECT);
        server.connection().say("CONNECTED\nversion:1.2\n\n^@");
        server.connection().client().sent(DISCONNECT);
        server.connection().say("RECEIPT\nreceipt-id:disconnect\n\n^@");
        assertThat(disconnected).isCompleted();
        assertThat(client.session.state()).isEqualTo(SessionState.CLOSED);
        server.connection().client().closed(CloseReason.NORMAL);
    }

    @Test
    void disconnectWithoutReceiptClosesInTheEnd() {
        var client = TestSession.on(server).connected();
        var disconnected = client.session.disconnect().toCompletableFuture();
        server.connection().client().sent(DISCONNECT);
        client.pass(Duration.ofSeconds(16));
        server.connection().client().closed(CloseReason.NORMAL);
        assertThat(failure(disconnected)).isInstanceOf(ReceiptTimeoutException.class);
        assertThat(client.session.isOver()).isTrue();
    }

    @Test
    void closeSaysDisconnectAndAwaitsNothing() {
        var client = TestSession.on(server).connected();
        client.session.close();
        server.connection().client().sent(DISCONNECT).without("receipt").closed(CloseReason.NORMAL);
        assertThat(client.session.isOver()).isTrue();
        client.session.close();
        assertThat(client.events).containsExactly("close");
    }

    @Test
    void closeDuringConnectFailsTheStage() {
        var client = TestSession.on(server).connecting();
        server.connection().client().sent(CONNECT);
        client.session.close();
        assertEnded(client);
        assertThat(failure(client.connection())).isInstanceOf(NotConnectedException.class);
    }

    private void assertEnded(TestSession client) {
        server.connection().client().closed(CloseReason.NORMAL);
        assertThat(client.session.state()).isEqualTo(SessionState.CLOSED);
        assertThat(client.session.isOver()).isTrue();
        assertThat(client.events).isEmpty();
    }

    static Throwable failure(CompletableFuture<?> stage) {
        assertThat(stage).isCompletedExceptionally();
        return stage.handle((value, failure) -> failure).join();
    }
}
