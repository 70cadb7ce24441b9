package org.stampede.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.stampede.client.ConnectingTest.failure;
import static org.stampede.stomp.Command.SEND;
import static org.stampede.stomp.Command.SUBSCRIBE;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stampede.messaging.Problem;
import org.stampede.transport.CloseReason;

class SendingTest {

    @RegisterExtension
    final TestServer server = new TestServer();

    /** A payload. */
    public record Greeting(String text) {}

    @Test
    void theReceiptCompletesTheStage() {
        var client = TestSession.on(server).connected();
        var sent = client.session.send("/topic/x", "hello", Map.of("a", "b")).toCompletableFuture();
        server.connection()
                .client()
                .sent(SEND, "destination:/topic/x", "a:b", "content-type:text/plain", "receipt:receipt-1")
                .withBody("hello");
        assertThat(sent).isNotDone();
        server.connection().say("RECEIPT\nreceipt-id:receipt-1\n\n^@");
        assertThat(sent).isCompleted();
    }

    @Test
    void objectsTravelAsJsonAndOctetsAsTheyAre() {
        var client = TestSession.on(server).connected();
        client.session.sendUnconfirmed("/topic/x", new Greeting("hi"), Map.of());
        client.session.sendUnconfirmed("/topic/x", List.of(new Greeting("a"), new Greeting("b")), Map.of());
        client.session.sendUnconfirmed("/topic/x", Map.of("k", new Greeting("v")), Map.of());
        client.session.sendUnconfirmed("/topic/x", new byte[] {65}, Map.of());
        client.session.sendUnconfirmed("/topic/x", "<a/>", Map.of("content-type", "application/xml"));
        server.connection()
                .client()
                .sent(SEND, "content-type:application/json")
                .withBody("{\"text\":\"hi\"}")
                .sent(SEND)
                .withBody("[{\"text\":\"a\"},{\"text\":\"b\"}]")
                .sent(SEND)
                .withBody("{\"k\":{\"text\":\"v\"}}")
                .sent(SEND, "content-type:application/octet-stream")
                .withBody("A")
                .sent(SEND, "content-type:application/xml")
                .withBody("<a/>");
    }

    @Test
    void withoutAReceiptTheStageIsCompletedWhenWritten() {
        var client = TestSession.on(server).connected();
        server.connection().wire.hold();
        var sent = client.session.sendUnconfirmed("/topic/x", "hello", Map.of()).toCompletableFuture();
        server.connection().client().sent(SEND).without("receipt");
        assertThat(sent).isNotDone();
        server.connection().wire.release();
        assertThat(sent).isCompleted();
    }

    @Test
    void theClientsOwnHeadersMayNotBeSet() {
        var client = TestSession.on(server).connected();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.session.send("/topic/x", "", Map.of("receipt", "mine")))
                .withMessageContaining("receipt");
    }

    @Test
    void aReceiptThatNeverComesFailsTheStageInTime() {
        var client = TestSession.on(server).connected();
        var sent = client.session.send("/topic/x", "hello").toCompletableFuture();
        server.connection().client().sent(SEND);
        client.pass(Duration.ofSeconds(15));
        assertThat(sent).isNotDone();
        client.pass(Duration.ofMillis(1));
        assertThat(failure(sent)).isInstanceOf(ReceiptTimeoutException.class).hasMessageContaining("15000 ms");
        assertThat(client.session.state()).isEqualTo(SessionState.CONNECTED);
    }

    @Test
    void aProblemFailsItsFrameAtOnceIfTheSessionListens() {
        var client = TestSession.on(server).connected();
        var problems = new ArrayList<Problem>();
        client.session.subscribeToProblems(problems::add);
        var first = client.session.send("/app/x", "1").toCompletableFuture();
        var second = client.session.send("/app/x", "2").toCompletableFuture();
        server.connection()
                .client()
                .sent(SUBSCRIBE, "destination:/user/queue/errors")
                .sent(SEND, "receipt:receipt-2")
                .sent(SEND, "receipt:receipt-3");
        server.connection()
                .say("MESSAGE\nsubscription:sub-1\n\n{\"status\":422,\"receipt-id\":\"receipt-3\"}^@")
                .say("MESSAGE\nsubscription:sub-1\n\n{\"status\":400}^@");
        assertThat(failure(second)).isInstanceOf(ProblemException.class).hasMessageContaining("422");
        assertThat(first).isNotDone();
        assertThat(problems).extracting(Problem::status).containsExactly(422, 400);
    }

    @Test
    void anErrorFailsItsFrameAndLeavesTheOthersUnknown() {
        var client = TestSession.on(server, settings -> settings.reconnect(ReconnectPolicy.off()))
                .connected();
        var first = client.session.send("/topic/x", "1").toCompletableFuture();
        var second = client.session.send("/topic/y", "2").toCompletableFuture();
        server.connection().client().sent(SEND).sent(SEND);
        server.connection().say("ERROR\nmessage:No\nreceipt-id:receipt-2\n\nNot there.^@");
        assertThat(failure(second)).isInstanceOf(StompErrorException.class);
        assertThat(failure(first))
                .isInstanceOf(ConnectionLostException.class)
                .hasCauseInstanceOf(StompErrorException.class);
        assertThat(client.events).containsExactly("error: No", "close");
        server.connection().client().closed(CloseReason.NORMAL);
    }

    @Test
    void whatIsSentWhenAllIsOverIsRefused() {
        var client = TestSession.on(server, settings -> settings.reconnect(ReconnectPolicy.off()))
                .connected();
        server.connection().drop();
        assertThat(failure(client.session.send("/topic/x", "1").toCompletableFuture()))
                .isInstanceOf(NotConnectedException.class)
                .hasMessageContaining("CLOSED");
    }

    @Test
    void whatDoesNotFitTheOutgoingFramesIsRefusedAndNobodyIsHarmed() {
        var client =
                TestSession.on(server, settings -> settings.outgoing(2, 1_000)).connected();
        server.connection().wire.hold();
        var one = client.session.sendUnconfirmed("/topic/x", "1", Map.of()).toCompletableFuture();
        var two = client.session.sendUnconfirmed("/topic/x", "2", Map.of()).toCompletableFuture();
        var three = client.session.sendUnconfirmed("/topic/x", "3", Map.of()).toCompletableFuture();
        assertThat(failure(three)).isInstanceOf(QueueFullException.class).hasMessageContaining("2");
        server.connection().wire.release();
        assertThat(one).isCompleted();
        assertThat(two).isCompleted();
        client.session.sendUnconfirmed("/topic/x", "4", Map.of());
        server.connection()
                .client()
                .sent(SEND)
                .withBody("1")
                .sent(SEND)
                .withBody("2")
                .sent(SEND)
                .withBody("4");
    }

    @Test
    void whatDoesNotFitTheOutgoingOctetsIsRefusedUnlessItIsAlone() {
        var client =
                TestSession.on(server, settings -> settings.outgoing(10, 100)).connected();
        server.connection().wire.hold();
        client.session.sendUnconfirmed("/topic/x", "x".repeat(200), Map.of());
        var more = client.session.sendUnconfirmed("/topic/x", "1", Map.of()).toCompletableFuture();
        assertThat(failure(more)).isInstanceOf(QueueFullException.class).hasMessageContaining("octets");
        server.connection().client().sent(SEND);
    }

    @Test
    void noMoreReceiptsAreAwaitedThanMayBe() {
        var client =
                TestSession.on(server, settings -> settings.outgoing(1, 1_000)).connected();
        client.session.send("/topic/x", "1");
        server.connection().client().sent(SEND);
        assertThat(failure(client.session.send("/topic/x", "2").toCompletableFuture()))
                .isInstanceOf(QueueFullException.class)
                .hasMessageContaining("receipts");
    }

    @Test
    void aWriteThatFailsIsTheEndOfTheConnection() {
        var client = TestSession.on(server, settings -> settings.reconnect(ReconnectPolicy.off()))
                .connected();
        server.connection().wire.failWith(new IllegalStateException("broken pipe"));
        var sent = client.session.send("/topic/x", "1").toCompletableFuture();
        server.connection().client().sent(SEND).closed(CloseReason.NORMAL);
        assertThat(failure(sent)).isInstanceOf(ConnectionLostException.class);
        assertThat(client.session.state()).isEqualTo(SessionState.CLOSED);
    }
}
