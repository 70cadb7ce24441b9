package org.stampede.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.client.ConnectingTest.failure;
import static org.stampede.stomp.Command.CONNECT;
import static org.stampede.stomp.Command.SEND;
import static org.stampede.stomp.Command.SUBSCRIBE;
import static org.stampede.stomp.Command.UNSUBSCRIBE;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stampede.transport.CloseReason;

class ReconnectingTest {

    private static final String CONNECTED = "CONNECTED\nversion:1.2\n\n^@";
    private static final Duration SECOND = Duration.ofSeconds(1);

    @RegisterExtension
    final TestServer server = new TestServer();

    private final List<String> handled = new ArrayList<>();

    @Test
    void subscriptionsComeFirstUnderTheSameIds() {
        var client = TestSession.on(server, settings -> settings.holdWhileReconnecting(10))
                .connected();
        client.session.subscribe("/topic/a", String.class, handled::add);
        var b = client.session.subscribe("/topic/b", String.class, handled::add);
        client.session.subscribe("/topic/c", String.class, handled::add);
        server.connection().client().sent(SUBSCRIBE).sent(SUBSCRIBE).sent(SUBSCRIBE);
        server.connection().drop();
        b.unsubscribe();
        client.session.subscribe("/topic/d", String.class, handled::add);
        var held = client.session.send("/topic/x", "held").toCompletableFuture();
        var unconfirmed =
                client.session.sendUnconfirmed("/topic/x", "too", Map.of()).toCompletableFuture();
        client.pass(SECOND);
        server.connection().client().sent(CONNECT);
        server.connection().say(CONNECTED);
        server.connection()
                .client()
                .sent(SUBSCRIBE, "id:sub-1", "destination:/topic/a")
                .sent(SUBSCRIBE, "id:sub-3", "destination:/topic/c")
                .sent(SUBSCRIBE, "id:sub-4", "destination:/topic/d")
                .sent(SEND)
                .withBody("held")
                .sent(SEND)
                .without("receipt")
                .withBody("too");
        assertThat(unconfirmed).isCompleted();
        server.connection()
                .say("RECEIPT\nreceipt-id:receipt-4\n\n^@")
                .say("MESSAGE\nsubscription:sub-1\n\nagain^@")
                .say("MESSAGE\nsubscription:sub-2\n\nnever^@");
        assertThat(held).isCompleted();
        assertThat(handled).containsExactly("again");
        assertThat(client.events).containsExactly("disconnect: Dropped by the test.", "reconnect");
    }

    @Test
    void meanwhileSendsAreRefusedUnlessTheyAreToBeHeld() {
        var client = TestSession.on(server).connected();
        server.connection().drop();
        assertThat(client.session.state()).isEqualTo(SessionState.RECONNECTING);
        assertThat(failure(client.session.send("/topic/x", "1").toCompletableFuture()))
                .isInstanceOf(NotConnectedException.class)
                .hasMessageContaining("RECONNECTING");
    }

    @Test
    void noMoreIsHeldThanWasAskedFor() {
        var client = TestSession.on(server, settings -> settings.holdWhileReconnecting(1))
                .connected();
        server.connection().drop();
        var first = client.session.send("/topic/x", "1").toCompletableFuture();
        var second = client.session.send("/topic/x", "2").toCompletableFuture();
        assertThat(failure(second)).isInstanceOf(QueueFullException.class);
        client.session.close();
        assertThat(failure(first)).isInstanceOf(NotConnectedException.class);
    }

    @Test
    void receiptsOfTheLostConnectionAreUnknown() {
        var client = TestSession.on(server).connected();
        var sent = client.session.send("/topic/x", "1").toCompletableFuture();
        server.connection().client().sent(SEND);
        server.connection().drop();
        assertThat(failure(sent)).isInstanceOf(ConnectionLostException.class);
    }

    @Test
    void aSubscriptionThatWasNotConfirmedYetIsConfirmedByTheNextConnection() {
        var client = TestSession.on(server).connected();
        var ready = client.session
                .subscribe("/topic/a", String.class, handled::add)
                .ready()
                .toCompletableFuture();
        server.connection().client().sent(SUBSCRIBE);
        server.connection().drop();
        client.pass(SECOND);
        server.connection().client().sent(CONNECT);
        server.connection().say(CONNECTED);
        server.connection().client().sent(SUBSCRIBE, "receipt:receipt-1");
        assertThat(ready).isNotDone();
        server.connection().say("RECEIPT\nreceipt-id:receipt-1\n\n^@");
        assertThat(ready).isCompleted();
    }

    @Test
    void aSubscriptionThatTheServerRefusesIsNotAskedForAgain() {
        var client = TestSession.on(server).connected();
        var ready = client.session
                .subscribe("/topic/secret", String.class, handled::add)
                .ready()
                .toCompletableFuture();
        server.connection().client().sent(SUBSCRIBE);
        server.connection().say("ERROR\nmessage:No entry\nreceipt-id:receipt-1\n\n^@");
        assertThat(failure(ready)).isInstanceOf(StompErrorException.class);
        client.pass(SECOND);
        server.connection().client().sent(CONNECT);
        server.connection().say(CONNECTED);
        assertThat(client.session.state()).isEqualTo(SessionState.CONNECTED);
        server.connections.get(0).wire.skipAll();
    }

    @Test
    void triesBecomeRarerAndGoOnForEver() {
        var client = TestSession.on(
                        server, settings -> settings.reconnect(ReconnectPolicy.backOff(SECOND, Duration.ofSeconds(5))))
                .connected();
        server.refuse(new IllegalStateException("down"));
        server.connection().drop();
        for (int seconds : List.of(1, 2, 4, 5, 5, 5)) {
            int tries = server.handshakes.size();
            client.pass(Duration.ofSeconds(seconds).minusMillis(1));
            assertThat(server.handshakes).hasSize(tries);
            client.pass(Duration.ofMillis(1));
            assertThat(server.handshakes).hasSize(tries + 1);
        }
        server.accept();
        client.pass(Duration.ofSeconds(5));
        server.connection().client().sent(CONNECT);
        server.connection().say(CONNECTED);
        assertThat(client.events).hasSize(2).last().isEqualTo("reconnect");
    }

    @Test
    void onlyAConnectionThatStoodLetsTheTriesBeginAnew() {
        var client = TestSession.on(server).connected();
        server.connection().drop();
        reconnect(client, SECOND);
        server.connection().drop();
        reconnect(client, Duration.ofSeconds(2));
        client.pass(Duration.ofSeconds(31));
        server.connection().drop();
        reconnect(client, SECOND);
    }

    private void reconnect(TestSession client, Duration after) {
        int before = server.connections.size();
        client.pass(after.minusMillis(1));
        assertThat(server.connections).hasSize(before);
        client.pass(Duration.ofMillis(1));
        server.connection().client().sent(CONNECT);
        server.connection().say(CONNECTED);
    }

    @Test
    void eachConnectionAsksForFreshHeaders() {
        var tokens = new AtomicInteger();
        var client = TestSession.on(
                        server,
                        settings -> settings.handshakeHeaders(
                                        () -> Map.of("Authorization", "Bearer " + tokens.incrementAndGet()))
                                .connectHeaders(() -> Map.of("token", "t" + tokens.get())))
                .connected();
        server.connection().drop();
        client.pass(SECOND);
        server.connection().client().sent(CONNECT, "token:t1");
        assertThat(server.handshakes)
                .containsExactly(Map.of("Authorization", "Bearer 1"), Map.of("Authorization", "Bearer 2"));
    }

    @Test
    void aServerThatDoesNotAnswerIsTriedAgain() {
        var client = TestSession.on(server).connected();
        server.connection().drop();
        client.pass(SECOND);
        server.connection().client().sent(CONNECT);
        client.pass(Duration.ofSeconds(11));
        server.connection().client().closed(CloseReason.NORMAL);
        client.pass(Duration.ofSeconds(2));
        assertThat(server.connections).hasSize(3);
        server.connection().client().sent(CONNECT);
    }

    @Test
    void closingWhileReconnectingIsTheEnd() {
        var client = TestSession.on(server).connected();
        server.connection().drop();
        assertThat(client.session.disconnect().toCompletableFuture()).isCompleted();
        client.pass(Duration.ofSeconds(60));
        assertThat(server.connections).hasSize(1);
        assertThat(client.session.isOver()).isTrue();
    }

    @Test
    void withoutAPolicyTheFirstLossIsTheEnd() {
        var client = TestSession.on(server, settings -> settings.reconnect(ReconnectPolicy.off()))
                .connected();
        var ready = client.session
                .subscribe("/topic/a", String.class, handled::add)
                .ready()
                .toCompletableFuture();
        server.connection().client().sent(SUBSCRIBE);
        server.connection().drop();
        assertThat(failure(ready)).isInstanceOf(ConnectionLostException.class);
        assertThat(client.session.isOver()).isTrue();
        assertThat(client.events).containsExactly("close");
    }

    @Test
    void chanceShortensAWaitByUpToAHalf() {
        var policy = ReconnectPolicy.backOff(SECOND, Duration.ofSeconds(30));
        assertThat(policy.delay(0, 0)).isEqualTo(SECOND);
        assertThat(policy.delay(0, 0.5)).isEqualTo(Duration.ofMillis(750));
        assertThat(policy.delay(3, 0.9999999)).isEqualTo(Duration.ofSeconds(4));
        assertThat(policy.delay(100, 0)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void chanceSpreadsTheClientsOfAServerThatRestarts() {
        var client = TestSession.on(server).connected();
        client.chance = 0.5;
        server.connection().drop();
        reconnect(client, Duration.ofMillis(750));
    }

    @Test
    void whatIsUnsubscribedOnAConnectionIsNotAskedForOnTheNext() {
        var client = TestSession.on(server).connected();
        var a = client.session.subscribe("/topic/a", String.class, handled::add);
        a.unsubscribe();
        server.connection().client().sent(SUBSCRIBE).sent(UNSUBSCRIBE);
        server.connection().drop();
        client.pass(SECOND);
        server.connection().client().sent(CONNECT);
        server.connection().say(CONNECTED);
    }
}
