package org.stampede.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stampede.broker.embedded.TestBroker.queueLimits;
import static org.stampede.broker.embedded.TestBroker.refused;
import static org.stampede.broker.embedded.TestBroker.sendFrame;
import static org.stampede.broker.embedded.TestBroker.subscribeFrame;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.testing.StompItem;

/** What is refused, and what time does away with. */
@StompItem(45)
final class QueueLimitsTest {

    @Test
    void aQueueHoldsSoManyMessagesThoseNotAcknowledgedIncluded() {
        var broker = new TestBroker(queueLimits(10, 3, 10_000, 10_000));
        var client = broker.client().subscribe("0", "/queue/q", "ack:client");
        broker.publish("/queue/q", "1");
        broker.publish("/queue/q", "2");
        broker.publish("/queue/q", "3");

        assertThat(refused(broker.broker.publish(sendFrame("/queue/q", "4"))))
                .isEqualTo("The queue \"/queue/q\" is full: no more than 3 messages are kept (setting"
                        + " stampede.queue.messages).");
        broker.publish("/queue/other", "not full");
        client.ack(client.message("1"));
        broker.publish("/queue/q", "4");
        assertThat(client.bodies()).containsExactly("1", "2", "3", "4");
    }

    @Test
    void aQueueHoldsSoManyOctets() {
        var broker = new TestBroker(queueLimits(10, 100, 2_600, 10_000));
        broker.publish("/queue/q", "x".repeat(1_200));

        assertThat(refused(broker.broker.publish(sendFrame("/queue/q", "x".repeat(1_200)))))
                .contains("stampede.queue.octets");
        broker.publish("/queue/q", "small");
    }

    @Test
    void allQueuesTogetherHoldSoManyOctets() {
        var broker = new TestBroker(queueLimits(10, 100, 10_000, 2_600));
        broker.publish("/queue/a", "x".repeat(1_200));

        assertThat(refused(broker.broker.publish(sendFrame("/queue/b", "x".repeat(1_200)))))
                .contains("stampede.queue.total-octets");
        assertThat(broker.client().subscribe("0", "/queue/a").bodies()).hasSize(1);
        broker.publish("/queue/b", "x".repeat(1_200));
    }

    @Test
    @StompItem({45, 49})
    void thereAreSoManyQueues() {
        var broker = new TestBroker(queueLimits(2, 100, 10_000, 10_000));
        broker.publish("/queue/a", "");
        var client = broker.client().subscribe("0", "/queue/b");

        assertThat(refused(broker.broker.publish(sendFrame("/queue/c", "")))).contains("stampede.queue.count");
        assertThat(refused(client.session.accept(subscribeFrame("1", "/queue/c"))))
                .contains("stampede.queue.count");
        client.unsubscribe("0");
        broker.publish("/queue/c", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"expires", "expiration"})
    void anExpiredMessageIsNotDelivered(String header) {
        var broker = new TestBroker();
        String value = header.equals("expires") ? "1000100" : "100";
        broker.publish("/queue/q", "short", header + ":" + value);
        broker.publish("/queue/q", "long");
        broker.publish("/queue/q", "eternal", header + ":0");
        broker.publish("/queue/other", "in time", header + ":" + value);
        broker.advance(Duration.ofMillis(99));
        assertThat(broker.client().subscribe("0", "/queue/other").bodies()).containsExactly("in time");
        broker.advance(Duration.ofMillis(1));

        assertThat(broker.client().subscribe("0", "/queue/q").bodies()).containsExactly("long", "eternal");
    }

    @Test
    void theEarlierExpiryCounts() {
        var broker = new TestBroker();
        broker.publish("/queue/q", "1", "expires:1000100", "expiration:50");
        broker.publish("/queue/q", "2", "expires:1000050", "expiration:999999999999999999");
        broker.publish("/queue/q", "3", "expires:1000051", "expiration:51");
        broker.advance(Duration.ofMillis(50));

        assertThat(broker.client().subscribe("0", "/queue/q").bodies()).containsExactly("3");
    }

    @Test
    void aReturnedMessageMayHaveExpired() {
        var broker = new TestBroker();
        var client = broker.client().subscribe("0", "/queue/q", "ack:client");
        broker.publish("/queue/q", "1", "expiration:10");
        broker.publish("/queue/q", "2");
        assertThat(client.bodies()).hasSize(2);
        broker.advance(Duration.ofMillis(10));
        client.die();

        assertThat(broker.client().subscribe("0", "/queue/q").bodies()).containsExactly("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "", "-1", "1.5", "1234567890123456789"})
    void aMalformedExpiryIsRefused(String value) {
        var broker = new TestBroker();
        assertThat(refused(broker.broker.publish(sendFrame("/topic/x", "", "expires:" + value))))
                .contains("expires");
        assertThat(refused(broker.broker.publish(sendFrame("/queue/x", "", "expiration:" + value))))
                .contains("expiration");
    }

    @Test
    void timeMakesRoomInAFullQueueAndForgetsWhatNobodyFetches() {
        var broker = new TestBroker(queueLimits(1, 2, 10_000, 10_000));
        broker.publish("/queue/q", "1", "expiration:10");
        broker.publish("/queue/q", "2", "expiration:20");
        broker.advance(Duration.ofMillis(10));
        broker.publish("/queue/q", "3", "expiration:10");
        broker.broker.tick();
        assertThat(broker.broker.queues().count()).isEqualTo(2);
        broker.advance(Duration.ofMillis(10));
        broker.broker.tick();

        assertThat(broker.broker.queues().count()).isEqualTo(1);
        broker.publish("/queue/another", "");
    }

    @Test
    void aLimitIsAtLeastOne() {
        assertThatThrownBy(() -> queueLimits(10, 0, 10, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stampede.queue.messages");
    }
}
