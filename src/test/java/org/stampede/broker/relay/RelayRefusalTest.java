package org.stampede.broker.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stampede.broker.relay.Script.away;
import static org.stampede.broker.relay.Script.confirm;
import static org.stampede.broker.relay.Script.expect;
import static org.stampede.broker.relay.Script.refuse;
import static org.stampede.broker.relay.Script.welcome;
import static org.stampede.broker.relay.Script.welcomeSystem;
import static org.stampede.testing.Awaited.done;
import static org.stampede.testing.Awaited.next;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.broker.RefusedException;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.tcp.TcpAddress;
import org.stampede.testing.ScriptedServer;

/** Who is to blame when the broker says ERROR (STOMP 1.2, section ERROR). */
class RelayRefusalTest {

    /** That of a broker that does not say which frame it means. */
    private static final String ERROR = "ERROR\nmessage:not allowed\n\n^@";

    private ScriptedServer server;
    private RelayNode node;

    @BeforeEach
    void start() throws Exception {
        server = new ScriptedServer();
        node = new RelayNode(RelayNode.settings(BrokerProfile.CLASSIC, 0, new TcpAddress("localhost", server.port())));
    }

    @AfterEach
    void close() throws Exception {
        node.close();
        server.close();
    }

    /** Sessions by their topics, of which the node is told on its connection. */
    private Map<String, RelayClient> subscribed(ScriptedServer.Call system, String... topics) throws Exception {
        var clients = new HashMap<String, RelayClient>();
        for (String topic : topics) {
            var client = node.client();
            var subscribing = client.subscribing("t", topic);
            confirm(system, expect(system, Command.SUBSCRIBE));
            done(subscribing);
            clients.put(topic, client);
        }
        return clients;
    }

    private static List<Frame> subscribes(ScriptedServer.Call call, int count) throws Exception {
        var frames = new ArrayList<Frame>();
        for (int i = 0; i < count; i++) {
            frames.add(expect(call, Command.SUBSCRIBE));
        }
        return frames;
    }

    private static String topic(Frame subscribe) {
        return subscribe.header("destination").orElseThrow();
    }

    /** The connection of a client that consumes a queue. */
    private ScriptedServer.Call consuming(RelayClient client) throws Exception {
        var queue = client.subscribing("q", "/queue/a");
        var own = welcome(server);
        confirm(own, expect(own, Command.SUBSCRIBE));
        done(queue);
        return own;
    }

    /** The client consumes its queue on another connection, and hears nothing of that. */
    private void expectToGoOn(RelayClient client) throws Exception {
        expect(welcome(server), Command.SUBSCRIBE);
        assertThat(client.session.failure().toCompletableFuture()).isNotDone();
    }

    @Test
    void onReturnOneTopicThatIsRefusedHarmsNoOther() throws Exception {
        var system = welcomeSystem(server);
        var clients = subscribed(system, "/topic/a", "/topic/b", "/topic/c");
        system.reset();
        system = welcomeSystem(server);
        Frame refused = subscribes(system, 3).get(1);
        refuse(system, refused);
        var failure = clients.remove(topic(refused)).session.failure();
        assertThatThrownBy(() -> done(failure)).hasCauseInstanceOf(RefusedException.class);
        system = welcomeSystem(server);
        assertThat(subscribes(system, 2).stream().map(RelayRefusalTest::topic))
                .containsExactlyInAnyOrderElementsOf(clients.keySet());
        clients.values()
                .forEach(client -> assertThat(client.session.failure().toCompletableFuture())
                        .isNotDone());
    }

    @Test
    void ofTopicsOnReturnTheFirstIsMeantThatIsNotConfirmed() throws Exception {
        var system = welcomeSystem(server);
        var clients = subscribed(system, "/topic/a", "/topic/b", "/topic/c");
        system.reset();
        system = welcomeSystem(server);
        var subscribes = subscribes(system, 3);
        confirm(system, subscribes.get(0));
        system.say(ERROR);
        var failure = clients.remove(topic(subscribes.get(1))).session.failure();
        assertThatThrownBy(() -> done(failure)).hasCauseInstanceOf(RefusedException.class);
        subscribes(welcomeSystem(server), 2);
        clients.values()
                .forEach(client -> assertThat(client.session.failure().toCompletableFuture())
                        .isNotDone());
    }

    @Test
    void nobodyIsBlamedForTheFrameOfAnother() throws Exception {
        var system = welcomeSystem(server);
        var bad = node.broker.publish(RelayClient.sendFrame("/topic/a", "bad", "receipt:1"));
        var good = node.broker.publish(RelayClient.sendFrame("/topic/b", "good", "receipt:1"));
        var topic = node.client().subscribing("t", "/topic/c");
        Frame refused = expect(system, Command.SEND);
        expect(system, Command.SEND);
        refuse(system, refused);
        assertThatThrownBy(() -> done(bad)).hasCauseInstanceOf(RefusedException.class);
        assertThat(away(good).isPerhapsSent()).isTrue();
        system = welcomeSystem(server);
        confirm(system, expect(system, Command.SUBSCRIBE));
        done(topic);
    }

    @Test
    void afterAFrameThatIsNotConfirmedNobodyIsKnownToBeMeant() throws Exception {
        var system = welcomeSystem(server);
        done(node.broker.publish(RelayClient.sendFrame("/topic/a", "bad")));
        expect(system, Command.SEND);
        var topic = node.client().subscribing("t", "/topic/c");
        expect(system, Command.SUBSCRIBE);
        system.say(ERROR);
        system = welcomeSystem(server);
        confirm(system, expect(system, Command.SUBSCRIBE));
        done(topic);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERROR\nmessage:connection_forced\n\nCONNECTION_FORCED - broker forced connection closure^@",
                "ERROR\nmessage:stopping\n\norg.apache.activemq.broker.BrokerStoppedException: stopping^@"
            })
    void aBrokerThatIsStoppedEndsNoSession(String error) throws Exception {
        welcomeSystem(server);
        var client = node.client();
        var own = consuming(client);
        client.session.accept(RelayClient.sendFrame("/queue/b", "unknown"));
        expect(own, Command.SEND);
        own.say(error).hangUp();
        expectToGoOn(client);
    }

    @Test
    void anErrorWithNothingUnconfirmedEndsNoSession() throws Exception {
        welcomeSystem(server);
        var client = node.client();
        var own = consuming(client);
        own.say(ERROR).hangUp();
        expectToGoOn(client);
    }

    @Test
    void ofManyFramesNoneIsBlamedButTheSession() throws Exception {
        welcomeSystem(server);
        var client = node.client();
        var one = client.sending("/queue/a", "1");
        var two = client.sending("/queue/a", "2");
        var own = welcome(server);
        expect(own, Command.SEND);
        expect(own, Command.SEND);
        own.say(ERROR);
        assertThat(away(one).isPerhapsSent()).isTrue();
        assertThat(away(two).isPerhapsSent()).isTrue();
        assertThatThrownBy(() -> done(client.session.failure())).hasCauseInstanceOf(RefusedException.class);
    }

    @Test
    void aFrameWithoutReceiptIsTheFaultOfItsSession() throws Exception {
        welcomeSystem(server);
        var client = node.client();
        client.session.accept(RelayClient.sendFrame("/queue/a", "bad"));
        var own = welcome(server);
        expect(own, Command.SEND);
        own.say(ERROR);
        assertThatThrownBy(() -> done(client.session.failure())).hasCauseInstanceOf(RefusedException.class);
    }

    @Test
    void whatIsHeldWhenTheBrokerHangsUpWasNotSent() throws Exception {
        var system = welcomeSystem(server);
        assertThat(next(node.availability)).startsWith("+");
        var held = node.client().sending("/queue/a", "held");
        var own = server.call();
        expect(own, Command.CONNECT);
        own.hangUp();
        assertThat(away(held).isPerhapsSent()).isFalse();
        assertThat(system.framesWaiting()).isZero();
    }
}
