package org.stampede.broker.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.testing.Awaited.next;

import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stampede.broker.embedded.EmbeddedBrokerLimits;
import org.stampede.broker.embedded.SlowSubscriptions;
import org.stampede.destination.DestinationPattern;
import org.stampede.security.Peer;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.tcp.TcpAddress;
import org.stampede.testing.ScriptedServer;

/** Topics of a broker far away whose messages slow clients may miss. */
class RelaySlowClientsTest {

    private static final int COUNT = 3_000;
    private static final Map<String, SlowSubscriptions.Policy> POLICIES = Map.of(
            "/topic/price.*", SlowSubscriptions.Policy.CONFLATE, "/topic/news", SlowSubscriptions.Policy.DROP_OLDEST);

    private final BlockingQueue<String> episodes = new LinkedBlockingQueue<>();
    private ScriptedServer server;
    private RelayNode node;
    private ScriptedServer.Call system;

    private final class Rules implements SlowSubscriptions {

        @Override
        public Policy policyOf(DestinationPattern pattern) {
            return POLICIES.getOrDefault(pattern.text(), Policy.DISCONNECT);
        }

        @Override
        public void leftOut(Policy policy) {}

        @Override
        public void episode(Peer peer, DestinationPattern pattern, Policy policy, long leftOut) {
            episodes.add(pattern.text() + " " + policy);
        }
    }

    @BeforeEach
    void start() throws Exception {
        server = new ScriptedServer();
        var settings = RelayNode.settings(BrokerProfile.CLASSIC, 0, new TcpAddress("localhost", server.port()));
        node = new RelayNode(settings, EmbeddedBrokerLimits.DEFAULTS, new Rules());
        system = server.call();
        assertThat(system.next().command()).isEqualTo(Command.CONNECT);
        system.say("CONNECTED\nversion:1.2\n\n^@");
        confirm(system.next());
    }

    @AfterEach
    void close() throws Exception {
        node.close();
        server.close();
    }

    private Frame confirm(Frame frame) {
        system.say("RECEIPT\nreceipt-id:" + frame.header("receipt").orElseThrow() + "\n\n^@");
        return frame;
    }

    /** A client of a topic that stops reading, and gets numbers meanwhile, of two destinations by turns. */
    private RelayClient overrun(String pattern, String one, String other) throws Exception {
        var client = node.client();
        var subscribing = client.subscribing("t", pattern);
        String id = confirm(system.next()).header("id").orElseThrow();
        subscribing.toCompletableFuture().join();
        client.session.start("t");
        client.stopReading();
        var witness = node.client().subscribe("t", pattern);
        for (int i = 0; i < COUNT; i++) {
            system.say("MESSAGE\nsubscription:" + id + "\nmessage-id:" + i + "\ndestination:"
                    + (i % 2 == 0 ? one : other) + "\n\n" + i + "^@");
        }
        read(witness);
        return client;
    }

    /** Reads up to the last message; returns how many came. */
    private static int read(RelayClient client) throws Exception {
        client.readOn();
        int count = 1;
        while (!client.message().bodyText().equals(String.valueOf(COUNT - 1))) {
            count++;
        }
        return count;
    }

    @Test
    void theNewestOfEachDestinationIsKept() throws Exception {
        var client = overrun("/topic/price.*", "/topic/price.A", "/topic/price.B");
        assertThat(next(episodes)).isEqualTo("/topic/price.* CONFLATE");
        assertThat(read(client)).isLessThan(COUNT / 2);
    }

    @Test
    void theOldestAreLeftOut() throws Exception {
        var client = overrun("/topic/news", "/topic/news", "/topic/news");
        assertThat(next(episodes)).isEqualTo("/topic/news DROP_OLDEST");
        assertThat(read(client)).isBetween(EmbeddedBrokerLimits.DEFAULTS.heldMessages(), COUNT - 1);
    }

    @Test
    void elsewhereNoneIsLeftOut() throws Exception {
        var client = overrun("/topic/trades", "/topic/trades", "/topic/trades");
        assertThat(read(client)).isEqualTo(COUNT);
        assertThat(episodes).isEmpty();
    }
}
