package org.stampede.broker.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.stampede.broker.relay.Script.confirm;
import static org.stampede.broker.relay.Script.expect;
import static org.stampede.broker.relay.Script.message;
import static org.stampede.broker.relay.Script.welcome;
import static org.stampede.broker.relay.Script.welcomeSystem;
import static org.stampede.testing.Awaited.done;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stampede.broker.embedded.EmbeddedBrokerLimits;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.tcp.TcpAddress;
import org.stampede.testing.ScriptedServer;

/** Subscriptions that a session has with the broker for itself. */
class RelaySubscriptionsTest {

    private ScriptedServer server;
    private RelayNode node;
    private ScriptedServer.Call system;
    private RelayClient client;

    @BeforeEach
    void start() throws Exception {
        server = new ScriptedServer();
        node = new RelayNode(RelayNode.settings(BrokerProfile.CLASSIC, 0, new TcpAddress("localhost", server.port())));
        system = welcomeSystem(server);
        client = node.client();
    }

    @AfterEach
    void close() throws Exception {
        node.close();
        server.close();
    }

    private static Frame unsubscribe(String id) {
        return Frame.of(Command.UNSUBSCRIBE, "id", id);
    }

    @Test
    void anEndBeforeTheBeginningLosesNothingAndBlocksNothing() throws Exception {
        int backlog = 2 * EmbeddedBrokerLimits.DEFAULTS.unwrittenMessages();
        var begun = client.subscribing("q", "/queue/a");
        var own = welcome(server);
        Frame subscribe = expect(own, Command.SUBSCRIBE);
        var ended = client.session.accept(unsubscribe("q"));
        confirm(own, subscribe);
        for (int i = 0; i < backlog; i++) {
            message(own, subscribe, "/queue/a", String.valueOf(i));
        }
        confirm(own, expect(own, Command.UNSUBSCRIBE));
        done(begun);
        client.session.start("q");
        for (int i = 0; i < backlog; i++) {
            client.message(String.valueOf(i));
        }
        done(ended);
        var sent = client.sending("/queue/a", "on");
        confirm(own, expect(own, Command.SEND));
        done(sent);
    }

    @Test
    void anIdThatIsUsedAgainIsThatOfTheNewSubscription() throws Exception {
        client.subscribing("q", "/queue/a");
        var own = welcome(server);
        Frame first = expect(own, Command.SUBSCRIBE);
        confirm(own, first);
        client.session.start("q");
        var ended = client.session.accept(unsubscribe("q"));
        var begun = client.subscribing("q", "/queue/b");
        // What the broker sends until then still comes.
        message(own, first, "/queue/a", "last");
        client.message("last");
        assertThat(ended.toCompletableFuture()).isNotDone();
        confirm(own, expect(own, Command.UNSUBSCRIBE));
        done(ended);
        Frame second = expect(own, Command.SUBSCRIBE);
        confirm(own, second);
        done(begun);
        client.session.start("q");
        message(own, second, "/queue/b", "first");
        client.message("first");
        client.session.deliver("q", RelayClient.sendFrame("/queue/b", "state"));
        client.message("state");
        var endedToo = client.session.accept(unsubscribe("q"));
        confirm(own, expect(own, Command.UNSUBSCRIBE));
        done(endedToo);
    }

    @Test
    void whoLeavesGivesBackFirst() throws Exception {
        client.subscribing("q", "/queue/a", "ack:client-individual");
        var own = welcome(server);
        Frame subscribe = expect(own, Command.SUBSCRIBE);
        confirm(own, subscribe);
        client.session.start("q");
        message(own, subscribe, "/queue/a", "1");
        client.message("1");
        var left = client.session.close().toCompletableFuture();
        Frame unsubscribe = expect(own, Command.UNSUBSCRIBE);
        message(own, subscribe, "/queue/a", "2");
        assertThat(own.framesWaiting()).isZero();
        assertThat(left).isNotDone();
        confirm(own, unsubscribe);
        expect(own, Command.DISCONNECT);
        own.hangUp();
        done(left);
        assertThat(client.waiting()).isZero();
    }

    @Test
    void whoLeavesReadsWhatTheBrokerConfirms() throws Exception {
        client.subscribing("q", "/queue/a");
        var own = welcome(server);
        Frame subscribe = expect(own, Command.SUBSCRIBE);
        confirm(own, subscribe);
        client.session.start("q");
        client.stopReading();
        for (int i = 0; i < 3 * EmbeddedBrokerLimits.DEFAULTS.unwrittenMessages(); i++) {
            message(own, subscribe, "/queue/a", String.valueOf(i));
        }
        client.session.close();
        confirm(own, expect(own, Command.UNSUBSCRIBE));
        expect(own, Command.DISCONNECT);
    }

    @Test
    void whoLeavesDoesNotWaitForever() throws Exception {
        node.close();
        var given = RelayNode.settings(BrokerProfile.CLASSIC, 0, new TcpAddress("localhost", server.port()));
        node = new RelayNode(RelayNode.limited(given, RelayNode.OUTBOX, Duration.ofMillis(200)));
        welcomeSystem(server);
        client = node.client();
        client.subscribing("q", "/queue/a");
        var own = welcome(server);
        confirm(own, expect(own, Command.SUBSCRIBE));
        client.session.close();
        expect(own, Command.UNSUBSCRIBE);
        expect(own, Command.DISCONNECT);
    }

    private static void beat(ScriptedServer.Call call, Frame subscribe, String id) {
        message(call, subscribe, "/topic/stampede.neighbours", id);
    }

    /** What the client has not acknowledged is not acknowledged with what it never gets (STOMP 1.2, section ACK). */
    @Test
    void whatIsPassedOverAcknowledgesNothingElse() throws Exception {
        client.subscribing("t", "/topic/**", "ack:client");
        client.subscribing("q", "/queue/a", "ack:client-individual");
        var own = welcome(server);
        var first = expect(own, Command.SUBSCRIBE);
        var second = expect(own, Command.SUBSCRIBE);
        boolean inOrder = first.header("destination").orElseThrow().startsWith("/topic");
        Frame topic = inOrder ? first : second;
        Frame queue = inOrder ? second : first;
        client.session.start("t");
        client.session.start("q");
        message(own, topic, "/topic/a", "1");
        message(own, topic, "/topic/a", "2");
        message(own, queue, "/queue/a", "3");
        beat(own, topic, "4");
        client.message("1");
        Frame two = client.message("2");
        Frame three = client.message("3");
        var acknowledged = client.session.accept(RelayClient.ack(two));
        Frame ack = expect(own, Command.ACK);
        assertThat(ack.header("id")).contains("2");
        confirm(own, ack);
        done(acknowledged);
        client.session.accept(RelayClient.nack(three));
        assertThat(expect(own, Command.NACK).header("id")).contains("3");
        // Now nobody has anything to acknowledge.
        assertThat(expect(own, Command.ACK).header("id")).contains("4");
        beat(own, topic, "5");
        assertThat(expect(own, Command.ACK).header("id")).contains("5");
        message(own, topic, "/topic/a", "6");
        beat(own, topic, "7");
        message(own, topic, "/topic/a", "8");
        client.message("6");
        client.session.accept(RelayClient.ack(client.message("8")));
        assertThat(expect(own, Command.ACK).header("id")).contains("8");
        beat(own, topic, "9");
        // That of 8 was for 7 as well.
        assertThat(expect(own, Command.ACK).header("id")).contains("9");
    }

    /** Ends all of some subscriptions while the first is said again; returns the new connection. */
    private ScriptedServer.Call endOnReturn(String prefix, Class<?> owner, ScriptedServer.Call lost) throws Exception {
        var ids = List.of("1", "2", "3");
        ids.forEach(id -> client.subscribing(id, prefix + id));
        var once = new AtomicBoolean();
        node.onClock = () -> {
            if (isUp(owner) && !once.getAndSet(true)) {
                ids.forEach(id -> client.session.accept(unsubscribe(id)));
            }
        };
        lost.reset();
        var call = server.call();
        expect(call, Command.CONNECT);
        call.say("CONNECTED\nversion:1.2\n\n^@");
        await().untilTrue(once);
        return call;
    }

    /** Whether this thread is telling of a connection. */
    private static boolean isUp(Class<?> owner) {
        return StackWalker.getInstance()
                .walk(calls -> calls.anyMatch(call -> call.getClassName().equals(owner.getName())
                        && call.getMethodName().equals("up")));
    }

    /** A broker knows no subscription that was not begun, and keeps one that has not ended. */
    private static void expectEachToBeginAndEnd(ScriptedServer.Call call) throws Exception {
        var live = new HashSet<String>();
        for (Frame frame = call.next(); frame.command() != Command.SEND; frame = call.next()) {
            String id = frame.header("id").orElseThrow();
            boolean begins = frame.command() == Command.SUBSCRIBE;
            assertThat(begins ? live.add(id) : live.remove(id)).isTrue();
        }
        live.remove(Neighbours.ID);
        assertThat(live).isEmpty();
    }

    private static boolean isTaken(CompletionStage<Void> sent) {
        return !sent.toCompletableFuture().isCompletedExceptionally();
    }

    @Test
    void onReturnNoEndOfATopicOvertakesItsBeginning() throws Exception {
        var again = endOnReturn("/topic/", SharedTopics.class, system);
        await().until(() -> isTaken(node.broker.publish(RelayClient.sendFrame("/topic/a", "last"))));
        expectEachToBeginAndEnd(again);
    }

    @Test
    void onReturnNoEndOfAQueueOvertakesItsBeginning() throws Exception {
        client.sending("/queue/a", "first");
        var own = welcome(server);
        var again = endOnReturn("/queue/", RelaySession.class, own);
        await().until(() -> isTaken(client.session.accept(RelayClient.sendFrame("/queue/a", "last"))));
        expectEachToBeginAndEnd(again);
    }
}
