package org.stampede.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.broker.embedded.TestBroker.accepted;
import static org.stampede.broker.embedded.TestBroker.refused;
import static org.stampede.broker.embedded.TestBroker.sendFrame;
import static org.stampede.broker.embedded.TestBroker.subscribeFrame;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.testing.WireAssert.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.testing.StompItem;

final class QueueTest {

    private final TestBroker broker = new TestBroker();

    private void publish(int from, int to) {
        IntStream.rangeClosed(from, to).forEach(i -> broker.publish("/queue/q", String.valueOf(i)));
    }

    @Test
    @StompItem({44, 69, 71})
    void eachMessageGoesToOneConsumerInFairTurns() {
        var a = broker.client().subscribe("a", "/queue/q");
        var b = broker.client().subscribe("b", "/queue/q");
        var c = broker.client().subscribe("c", "/queue/q");
        publish(1, 7);

        assertThat(a.bodies()).containsExactly("1", "4", "7");
        assertThat(b.bodies()).containsExactly("2", "5");
        assertThat(c.bodies()).containsExactly("3", "6");
        assertThat(a.wire)
                .sent(MESSAGE, "destination:/queue/q", "subscription:a")
                .without("ack")
                .without("redelivered");
    }

    @Test
    void messagesAreKeptInOrderWhileNobodyListens() {
        publish(1, 500);
        var a = broker.client().subscribe("0", "/queue/q");

        assertThat(a.bodies())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 500).mapToObj(String::valueOf).toList());
    }

    @Test
    void aConsumerTakesPartOnlyFromItsStart() {
        var early = broker.client();
        accepted(early.session.accept(subscribeFrame("0", "/queue/q")));
        publish(1, 2);
        assertThat(early.wire).isExhausted();
        var late = broker.client().subscribe("0", "/queue/q");
        assertThat(late.bodies()).containsExactly("1", "2");

        early.session.start("0");
        publish(3, 4);

        assertThat(early.bodies()).hasSize(1);
        assertThat(late.bodies()).hasSize(1);
    }

    @Test
    void noTopicPatternSeesAQueue() {
        var nosy = broker.client().subscribe("0", "/**").subscribe("1", "#").subscribe("2", "/*/q");
        publish(1, 1);

        assertThat(nosy.wire).isExhausted();
        assertThat(broker.client().subscribe("0", "/queue/q").bodies()).containsExactly("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/queue/*", "/queue/**", "/queue/a.#"})
    @StompItem(49)
    void aWildcardInTheNameOfAQueueIsRefused(String destination) {
        assertThat(refused(broker.client().session.accept(subscribeFrame("0", destination))))
                .contains("full name");
    }

    @Test
    void aQueueGoesWhenItHasNeitherMessagesNorConsumers() {
        int none = broker.broker.queues().count();
        var client = broker.client().subscribe("0", "/queue/q", "ack:client");
        client.unsubscribe("0");
        assertThat(broker.broker.queues().count()).isEqualTo(none);

        publish(1, 1);
        client.subscribe("0", "/queue/q", "ack:client");
        String id = client.message("1");
        assertThat(broker.broker.queues().count()).isEqualTo(none + 1);
        client.ack(id);
        client.session.close();
        assertThat(broker.broker.queues().count()).isEqualTo(none);
    }

    @Test
    @StompItem(50)
    void prefetchCountBoundsWhatIsUnacknowledged() {
        publish(1, 10);
        var client = broker.client().subscribe("0", "/queue/q", "ack:client-individual", "prefetch-count:2");
        String first = client.message("1");
        String second = client.message("2");
        assertThat(client.wire).isExhausted();

        client.ack(second);
        client.message("3");
        assertThat(client.wire).isExhausted();
        client.ack(first);
        client.message("4");
        assertThat(client.wire).isExhausted();
    }

    @Test
    void theLimitOfUnacknowledgedMessagesHoldsWhateverThePrefetchCount() {
        var small = new TestBroker(TestBroker.flowLimits(10, 3, 100, 10_000));
        for (int i = 0; i < 10; i++) {
            small.publish("/queue/a", "");
            small.publish("/queue/b", "");
        }

        assertThat(small.client().subscribe("0", "/queue/a", "ack:client").bodies())
                .hasSize(3);
        assertThat(small.client()
                        .subscribe("0", "/queue/b", "ack:client", "prefetch-count:9")
                        .bodies())
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "", "many", "+3", "9999999999", "1.5", "٣"})
    void aMalformedPrefetchCountIsRefused(String value) {
        assertThat(refused(broker.client().session.accept(subscribeFrame("0", "/queue/q", "prefetch-count:" + value))))
                .contains("prefetch-count");
    }

    @Test
    @StompItem(48)
    void anUnknownAckModeIsRefused() {
        assertThat(refused(broker.client().session.accept(subscribeFrame("0", "/queue/q", "ack:maybe"))))
                .contains("client-individual");
    }

    @Test
    @StompItem(53)
    void withoutAcknowledgementsAMessageIsConsumedOnceItIsWritten() {
        publish(1, 2);
        var client = broker.client().subscribe("0", "/queue/q");
        client.die();

        assertThat(broker.client().subscribe("0", "/queue/q").bodies()).isEmpty();
    }

    @Test
    void aBacklogNeverMakesAnOutboxOverflow() {
        publish(1, 5_000);
        IntStream.range(0, 5_000).forEach(i -> broker.publish("/queue/other", "o" + i));
        var client = broker.client(150);
        client.wire.hold();
        client.subscribe("0", "/queue/q").subscribe("1", "/queue/other", "ack:client", "prefetch-count:1000");
        int writes = 0;
        while (client.wire.completeOne()) {
            writes++;
        }

        assertThat(client.wire).isOpen();
        assertThat(writes).isPositive();
        assertThat(client.wire.frames()).hasSize(6_000);
        assertThat(client.wire.frames().stream()
                        .filter(f -> f.header("subscription").orElseThrow().equals("0"))
                        .map(f -> f.bodyText()))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 5_000)
                        .mapToObj(String::valueOf)
                        .toList());
        client.wire.skipAll();
    }

    @Test
    void whatIsOnItsWayIsBoundedInOctetsThoughOneAloneMayBeLarge() {
        var small = new TestBroker(TestBroker.flowLimits(10, 100, 100, 1_000));
        var client = small.client();
        client.wire.hold();
        client.subscribe("0", "/queue/q");
        for (int i = 0; i < 3; i++) {
            small.publish("/queue/q", "x".repeat(2_000));
        }
        for (int i = 1; i <= 3; i++) {
            assertThat(client.wire.frames()).hasSize(i);
            client.wire.completeOne();
        }
        client.wire.skipAll();
    }

    @Test
    void aSlowConsumerLeavesMessagesToAFastOne() {
        var small = new TestBroker(TestBroker.flowLimits(10, 100, 2, 1_000_000));
        var slow = small.client();
        slow.wire.hold();
        slow.subscribe("0", "/queue/q");
        var fast = small.client().subscribe("0", "/queue/q");
        for (int i = 0; i < 20; i++) {
            small.publish("/queue/q", String.valueOf(i));
        }

        assertThat(fast.bodies()).hasSize(18);
        slow.wire.release();
        slow.wire.skipAll();
        small.publish("/queue/q", "x");
        small.publish("/queue/q", "y");
        assertThat(slow.bodies()).hasSize(3);
        assertThat(fast.bodies()).hasSize(1);
    }

    @Test
    void aDeliveryToOneSubscriptionIsSentAtOnceAndNeverQueued() {
        var client = broker.client();
        accepted(client.session.accept(subscribeFrame("0", "/queue/q", "ack:client", "prefetch-count:1")));
        client.session.deliver("0", sendFrame("/queue/q", "snapshot"));
        String snapshot = client.message("snapshot");
        client.nack(snapshot);
        assertThat(client.wire).isExhausted();

        client.session.start("0");
        publish(1, 1);
        client.message("1");
        client.session.deliver("0", sendFrame("/queue/q", "again"));
        client.message("again");
        client.die();
        assertThat(broker.client().subscribe("0", "/queue/q").bodies()).containsExactly("1");
    }

    @Test
    @StompItem(52)
    void nothingIsSentAfterUnsubscribe() {
        var client = broker.client().subscribe("0", "/queue/q");
        publish(1, 1);
        client.unsubscribe("0");
        publish(2, 2);

        assertThat(client.bodies()).containsExactly("1");
        assertThat(broker.client().subscribe("0", "/queue/q").bodies()).containsExactly("2");
    }

    @Test
    void whatWasOnItsWayAtUnsubscribeWithoutAcknowledgementsIsConsumedOnceWritten() {
        var client = broker.client();
        client.wire.hold();
        client.subscribe("0", "/queue/q").subscribe("1", "/queue/other");
        publish(1, 2);
        client.unsubscribe("0");
        var next = broker.client().subscribe("0", "/queue/q");
        assertThat(next.wire).isExhausted();
        client.wire.completeOne();
        client.die();

        assertThat(next.message().header("redelivered")).contains("true");
        assertThat(next.wire).isExhausted();
        client.wire.skipAll();
    }
}
