package org.stampede.broker.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nodes and their browsers cost a broker, and each other; the numbers of {@code docs/relay.md}. */
class SizingRelayIT {

    private static final int TOPICS = 5;
    private static final int SESSIONS = 1_000;

    @TempDir
    Path directory;

    private ArtemisBroker broker;
    private List<RelayNode> nodes;

    @BeforeEach
    void start() throws Exception {
        broker = new ArtemisBroker(directory);
        broker.start();
        nodes = List.of(RelayNode.of(broker), RelayNode.of(broker));
        for (RelayNode node : nodes) {
            await().until(() -> !node.availability.isEmpty());
        }
    }

    @AfterEach
    void stop() throws Exception {
        nodes.forEach(RelayNode::close);
        broker.close();
    }

    /** So many sessions of a node, each subscribed to all topics. */
    private static List<RelayClient> audience(RelayNode node, int count) throws Exception {
        var clients = new ArrayList<RelayClient>();
        for (int i = 0; i < count; i++) {
            RelayClient client = node.client();
            for (int topic = 0; topic < TOPICS; topic++) {
                client.subscribe("" + topic, "/topic/sizing." + topic);
            }
            clients.add(client);
        }
        return clients;
    }

    @Test
    void browsersThatListenCostTheBrokerOneConnectionOfTheirNode() throws Exception {
        var all = new ArrayList<RelayClient>();
        for (RelayNode node : nodes) {
            all.addAll(audience(node, SESSIONS));
        }
        assertThat(broker.connections()).isEqualTo(2);
        for (int topic = 0; topic < TOPICS; topic++) {
            assertThat(broker.subscriptions("/topic/sizing." + topic)).isEqualTo(2);
        }
        long before = broker.routed();
        nodes.get(0).broker.publish(RelayClient.sendFrame("/topic/sizing.0", "news"));
        for (RelayClient client : all) {
            client.message("news");
        }
        assertThat(broker.routed() - before).as("deliveries for 2000 browsers").isEqualTo(2);

        // Who sends, or consumes, has a connection of his own, until he goes.
        for (RelayClient client : all.subList(0, 10)) {
            client.send("/queue/sizing", "mine");
        }
        assertThat(broker.connections()).isEqualTo(12);
        all.subList(0, 10).forEach(RelayClient::die);
        await().until(() -> broker.connections() == 2);
    }

    @Test
    void aSessionThatListensIsCheap() throws Exception {
        RelayNode node = nodes.get(0);
        audience(node, 10);
        long before = heap();
        audience(node, SESSIONS);
        long each = (heap() - before) / SESSIONS;
        System.out.println("A session with " + TOPICS + " shared topics takes " + each + " octets of heap.");
        assertThat(each).isLessThan(20_000);
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
