package org.stampede.broker.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.stampede.broker.relay.Script.away;
import static org.stampede.broker.relay.Script.confirm;
import static org.stampede.broker.relay.Script.expect;
import static org.stampede.broker.relay.Script.welcome;
import static org.stampede.broker.relay.Script.welcomeSystem;
import static org.stampede.testing.Awaited.done;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.tcp.TcpAddress;
import org.stampede.testing.ScriptedServer;
import org.stampede.transport.OutboxLimits;

/** What becomes of frames when the broker takes its time. */
class RelayPaceTest {

    private static final int FRAMES = 100;
    private static final Duration WRITE_TIME = Duration.ofSeconds(1);

    private ScriptedServer server;
    private RelayNode node;

    @BeforeEach
    void listen() throws Exception {
        server = new ScriptedServer();
    }

    @AfterEach
    void close() throws Exception {
        node.close();
        server.close();
    }

    private void start(Duration receiptTime) {
        var given = RelayNode.settings(BrokerProfile.CLASSIC, 0, new TcpAddress("localhost", server.port()));
        node = new RelayNode(RelayNode.limited(given, new OutboxLimits(FRAMES, 64 << 20, WRITE_TIME), receiptTime));
    }

    /** By then a RECEIPT is given up. */
    private void passReceiptTime(RelayClient client, ScriptedServer.Call own) throws Exception {
        var sent = client.sending("/queue/a", "late");
        expect(own, Command.SEND);
        assertThat(away(sent).isPerhapsSent()).isTrue();
    }

    @Test
    void aSubscriptionBeginsHoweverLateItIsConfirmed() throws Exception {
        start(Duration.ofMillis(500));
        var system = welcomeSystem(server);
        var ann = node.client();
        var topic = ann.subscribing("t", "/topic/a");
        var queue = ann.subscribing("q", "/queue/a");
        Frame ofTopic = expect(system, Command.SUBSCRIBE);
        var own = welcome(server);
        Frame ofQueue = expect(own, Command.SUBSCRIBE);
        passReceiptTime(ann, own);
        var shared = node.client().subscribing("t", "/topic/a");
        confirm(system, ofTopic);
        done(topic);
        done(shared);
        confirm(own, ofQueue);
        done(queue);
    }

    @Test
    void aSubscriptionLosesNothingHoweverLateItsEndIsConfirmed() throws Exception {
        start(Duration.ofMillis(500));
        welcomeSystem(server);
        var client = node.client();
        var queue = client.subscribing("q", "/queue/a");
        var own = welcome(server);
        Frame subscribe = expect(own, Command.SUBSCRIBE);
        confirm(own, subscribe);
        done(queue);
        client.session.start("q");
        var ended = client.session.accept(Frame.of(Command.UNSUBSCRIBE, "id", "q"));
        Frame unsubscribe = expect(own, Command.UNSUBSCRIBE);
        passReceiptTime(client, own);
        Script.message(own, subscribe, "/queue/a", "last");
        client.message("last");
        assertThat(ended.toCompletableFuture()).isNotDone();
        confirm(own, unsubscribe);
        done(ended);
    }

    @Test
    void aConnectionThatIsLeftIsClosedThoughTheBrokerDoesNotRead() throws Exception {
        start(Duration.ofSeconds(20));
        welcomeSystem(server);
        var client = node.client();
        client.sending("/queue/a", "first");
        var own = welcome(server);
        expect(own, Command.SEND);
        own.stopReading();
        // More than the network holds by itself.
        String body = "x".repeat(1 << 20);
        for (int i = 0; i < 40; i++) {
            client.session.accept(RelayClient.sendFrame("/queue/a", body));
        }
        client.session.close();
        await().untilAsserted(() -> assertThatThrownBy(() -> own.say("\n")).isInstanceOf(UncheckedIOException.class));
    }

    @Test
    void whoAsksForReceiptsIsSlowedDownAndNotRefused() throws Exception {
        start(Duration.ofSeconds(20));
        welcomeSystem(server);
        var client = node.client();
        var first = client.sending("/queue/a", "first");
        var own = welcome(server);
        confirm(own, expect(own, Command.SEND));
        done(first);
        var sent = new ArrayDeque<Frame>();
        while (client.session.room().toCompletableFuture().isDone()) {
            assertThat(client.sending("/queue/a", "x").toCompletableFuture()).isNotCompletedExceptionally();
            sent.add(expect(own, Command.SEND));
        }
        var room = client.session.room();
        assertThat(sent).hasSizeLessThan(FRAMES);
        sent.forEach(frame -> confirm(own, frame));
        done(room);
    }
}
