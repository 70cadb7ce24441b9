package org.stampede.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.stampede.client.ConnectingTest.failure;
import static org.stampede.stomp.Command.CONNECT;
import static org.stampede.stomp.Command.DISCONNECT;
import static org.stampede.stomp.Command.SEND;
import static org.stampede.stomp.Command.SUBSCRIBE;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stampede.client.SendingTest.Greeting;
import org.stampede.messaging.Problem;
import org.stampede.messaging.Problem.Violation;
import org.stampede.testing.ManualExecutor;

/** Requests and their replies, as docs/handlers.md describes the server's side. */
class RequestingTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @RegisterExtension
    final TestServer server = new TestServer();

    private static CompletableFuture<Greeting> greeting(TestSession client) {
        return client.session.request("/app/find", "ann", Greeting.class).toCompletableFuture();
    }

    private static String reply(String correlation, String body) {
        return reply(correlation, "application/json", body);
    }

    private static String reply(String correlation, String contentType, String body) {
        return "MESSAGE\nsubscription:/temp-queue/replies\ndestination:/temp-queue/replies\nmessage-id:1\ncorrelation-id:"
                + correlation + "\ncontent-type:" + contentType + "\n\n" + body + "^@";
    }

    @Test
    void theReplyCompletesTheStage() {
        var client = TestSession.on(server).connected();
        var found = greeting(client);
        server.connection()
                .client()
                .sent(SEND, "destination:/app/find", "reply-to:/temp-queue/replies", "correlation-id:request-1")
                .without("receipt")
                .withBody("ann");
        assertThat(found).isNotDone();
        server.connection().say(reply("request-1", "{\"text\":\"hi\"}"));
        assertThat(found).isCompletedWithValue(new Greeting("hi"));
    }

    @Test
    void repliesFindTheirRequestsInAnyOrder() {
        var client = TestSession.on(server).connected();
        var first = client.session.request("/app/a", "", String.class).toCompletableFuture();
        var second = client.session
                .request("/app/b", "", new PayloadType<List<Greeting>>() {})
                .toCompletableFuture();
        server.connection().client().sent(SEND, "correlation-id:request-1").sent(SEND, "correlation-id:request-3");
        server.connection()
                .say(reply("request-3", "[{\"text\":\"b\"}]"))
                .say(reply("request-1", "a"))
                .say(reply("request-1", "twice"))
                .say(reply("unknown", "to nobody"))
                .say("MESSAGE\nsubscription:/temp-queue/replies\n\nwithout correlation^@");
        assertThat(first).isCompletedWithValue("a");
        assertThat(second).isCompletedWithValue(List.of(new Greeting("b")));
    }

    @Test
    void withHeadersTheWholeReplyIsToBeHad() {
        var client = TestSession.on(server).connected();
        var found =
                client.session.request("/app/find", "", Map.of("priority", "9")).toCompletableFuture();
        server.connection().client().sent(SEND, "priority:9");
        server.connection().say(reply("request-1", "text/plain", "hi"));
        assertThat(found.join().header("content-type")).contains("text/plain");
        assertThat(found.join().text()).isEqualTo("hi");
        for (String owned : List.of("reply-to", "correlation-id", "receipt")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> client.session.request("/app/find", "", Map.of(owned, "mine")))
                    .withMessageContaining(owned);
        }
    }

    @Test
    void aProblemFailsTheStageAndTellsAll() {
        var client = TestSession.on(server).connected();
        var found = greeting(client);
        server.connection().client().sent(SEND);
        server.connection()
                .say(reply(
                        "request-1",
                        "application/problem+json;charset=utf-8",
                        "{\"type\":\"urn:t\",\"title\":\"T.\",\"status\":422,\"detail\":\"D.\",\"instance\":\"urn:i\","
                                + "\"destination\":\"/app/find\",\"receipt-id\":\"7\",\"violations\":"
                                + "[{\"path\":\"shares\",\"message\":\"too few\"},\"odd\"]}"));
        assertThat(problem(found))
                .isEqualTo(new Problem(
                        "urn:t",
                        "T.",
                        422,
                        "D.",
                        Optional.of("urn:i"),
                        "/app/find",
                        Optional.of("7"),
                        List.of(new Violation("shares", "too few"))));
        assertThat(failure(found)).hasMessageContainingAll("422", "T.", "D.");
        assertThat(client.session.state()).isEqualTo(SessionState.CONNECTED);
    }

    @Test
    void whatAProblemLeavesOutOrHasOfAWrongTypeIsAbsent() {
        assertThat(problemOf("{\"status\":\"422\",\"title\":null,\"violations\":{}}"))
                .isEqualTo(new Problem("about:blank", "", 0, "", Optional.empty(), "", Optional.empty(), List.of()));
        assertThat(problemOf("no JSON").detail()).isEqualTo("no JSON");
    }

    private Problem problemOf(String json) {
        var found = greeting(TestSession.on(server).connected());
        server.connection().client().sent(SEND);
        server.connection().say(reply("request-1", "application/problem+json", json));
        return problem(found);
    }

    private static Problem problem(CompletableFuture<?> stage) {
        assertThat(failure(stage)).isInstanceOf(ProblemException.class);
        return ((ProblemException) failure(stage)).problem();
    }

    @Test
    void aReplyOfAnotherTypeFailsTheStage() {
        var client = TestSession.on(server).connected();
        var found = greeting(client);
        server.connection().client().sent(SEND);
        server.connection().say(reply("request-1", "nonsense"));
        assertThat(failure(found)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("Greeting");
    }

    @Test
    void aReplyThatNeverComesFailsTheStageInTime() {
        var client = TestSession.on(server, settings -> settings.replyTime(Duration.ofSeconds(40)))
                .connected();
        var found = greeting(client);
        server.connection().client().sent(SEND);
        client.pass(Duration.ofSeconds(40));
        assertThat(found).isNotDone();
        client.pass(Duration.ofMillis(1));
        assertThat(failure(found)).isInstanceOf(ReplyTimeoutException.class).hasMessageContaining("40000 ms");
        server.connection().say(reply("request-1", "{\"text\":\"late\"}"));
        assertThat(client.session.state()).isEqualTo(SessionState.CONNECTED);
    }

    @Test
    void aLostConnectionTakesItsRepliesWithIt() {
        var client = TestSession.on(server).connected();
        var before = greeting(client);
        server.connection().client().sent(SEND);
        server.connection().drop();
        assertThat(failure(before)).isInstanceOf(ConnectionLostException.class);
        assertThat(failure(greeting(client))).isInstanceOf(NotConnectedException.class);
        client.pass(SECOND);
        server.connection().client().sent(CONNECT);
        server.connection().say("CONNECTED\nversion:1.2\n\n^@");
        var after = greeting(client);
        server.connection().client().sent(SEND);
        server.connection().say(reply("request-1", "{\"text\":\"hi\"}"));
        assertThat(after).isCompletedWithValue(new Greeting("hi"));
    }

    @Test
    void anErrorOfTheServerEndsAllThatWaits() {
        var client = TestSession.on(server, settings -> settings.reconnect(ReconnectPolicy.off()))
                .connected();
        var found = greeting(client);
        server.connection().client().sent(SEND);
        server.connection().say("ERROR\nmessage:No\n\n^@");
        assertThat(failure(found))
                .isInstanceOf(ConnectionLostException.class)
                .hasCauseInstanceOf(StompErrorException.class);
    }

    @Test
    void aMessageIsRepliedToWhereItsSenderAsksForIt() {
        var client = TestSession.on(server).connected();
        client.session.subscribe("/queue/work", ReceivedMessage.class, work -> work.reply(new Greeting("done")));
        server.connection().client().sent(SUBSCRIBE);
        server.connection()
                .say("MESSAGE\nsubscription:sub-1\nreply-to:/reply-queue/a\ncorrelation-id:7\n\n^@")
                .say("MESSAGE\nsubscription:sub-1\nreply-to:/queue/b\n\n^@");
        server.connection()
                .client()
                .sent(SEND, "destination:/reply-queue/a", "correlation-id:7", "content-type:application/json")
                .withBody("{\"text\":\"done\"}")
                .sent(SEND, "destination:/queue/b")
                .without("correlation-id");
    }

    @Test
    void aMessageThatAsksForNoReplyGetsNone() {
        var client = TestSession.on(server).connected();
        var seen = new ArrayList<ReceivedMessage>();
        client.session.subscribe("/queue/work", ReceivedMessage.class, seen::add);
        server.connection().client().sent(SUBSCRIBE);
        server.connection().say("MESSAGE\nsubscription:sub-1\n\n^@");
        assertThatIllegalStateException()
                .isThrownBy(() -> seen.get(0).reply("unasked"))
                .withMessageContaining("reply-to");
    }

    @Test
    void aRequestMayBeHeldForTheNextConnection() {
        var client = TestSession.on(server, settings -> settings.holdWhileReconnecting(1))
                .connected();
        server.connection().drop();
        var found = greeting(client);
        client.pass(SECOND);
        server.connection().client().sent(CONNECT);
        server.connection().say("CONNECTED\nversion:1.2\n\n^@");
        server.connection().client().sent(SEND, "correlation-id:request-1");
        server.connection().say(reply("request-1", "application/problem+json", "{\"status\":400}"));
        assertThat(problem(found).status()).isEqualTo(400);
    }

    @Test
    void leavingFailsWhatIsNotReplied() {
        var client = TestSession.on(server).connected();
        var politely = greeting(client);
        var disconnected = client.session.disconnect().toCompletableFuture();
        server.connection().client().sent(SEND).sent(DISCONNECT);
        server.connection().say("RECEIPT\nreceipt-id:disconnect\n\n^@");
        assertThat(disconnected).isCompleted();
        assertThat(failure(politely)).isInstanceOf(ConnectionLostException.class);

        var other = TestSession.on(server).connected();
        var quickly = greeting(other);
        other.session.close();
        server.connection().client().sent(SEND).sent(DISCONNECT);
        assertThat(failure(quickly)).isInstanceOf(ConnectionLostException.class);
    }

    @Test
    void noMoreRepliesAreAwaitedThanMayBe() {
        var client =
                TestSession.on(server, settings -> settings.outgoing(1, 1_000)).connected();
        var first = greeting(client);
        server.connection().client().sent(SEND);
        assertThat(failure(greeting(client)))
                .isInstanceOf(QueueFullException.class)
                .hasMessageContaining("replies");
        server.connection().say(reply("request-1", "{\"text\":\"hi\"}"));
        assertThat(first).isCompleted();
        greeting(client);
        server.connection().client().sent(SEND);
    }

    @Test
    void aRequestThatCannotBeWrittenIsForgotten() {
        var client =
                TestSession.on(server, settings -> settings.outgoing(1, 1_000)).connected();
        server.connection().wire.hold();
        client.session.sendUnconfirmed("/topic/x", "", Map.of());
        assertThat(failure(greeting(client))).isInstanceOf(QueueFullException.class);
        server.connection().wire.release();
        greeting(client);
        server.connection().client().sent(SEND, "destination:/topic/x").sent(SEND, "destination:/app/find");
    }

    @Test
    void repliesAreReadWhereCallbacksRun() {
        var executor = new ManualExecutor();
        var client = new TestSession(server, executor, settings -> settings).connecting();
        executor.runAll();
        server.connection().client().sent(CONNECT);
        server.connection().say("CONNECTED\nversion:1.2\n\n^@");
        var found = greeting(client);
        server.connection().client().sent(SEND);
        server.connection().say(reply("request-1", "{\"text\":\"hi\"}"));
        assertThat(found).isNotDone();
        executor.runAll();
        assertThat(found).isCompletedWithValue(new Greeting("hi"));
    }
}
