package org.stampede.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.broker.embedded.TestBroker.accepted;
import static org.stampede.broker.embedded.TestBroker.refused;
import static org.stampede.broker.embedded.TestBroker.sendFrame;
import static org.stampede.testing.WireAssert.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.testing.StompItem;

@StompItem(63)
final class TransactionTest {

    private final TestBroker broker = new TestBroker(TestBroker.queueLimits(2, 3, 10_000, 20_000));

    private static Frame ack(String id) {
        return Frame.of(Command.ACK, "id", id);
    }

    private static Frame nack(String id) {
        return Frame.of(Command.NACK, "id", id);
    }

    @Test
    void allFramesTakeEffectInOrder() {
        var client = broker.client().subscribe("0", "/queue/in", "ack:client-individual", "prefetch-count:2");
        broker.publish("/queue/in", "1");
        broker.publish("/queue/in", "2");
        var reader = broker.client().subscribe("t", "/topic/t").subscribe("q", "/queue/out");
        String first = client.message("1");
        String second = client.message("2");

        accepted(client.session.commit(List.of(
                sendFrame("/topic/t", "t1"),
                ack(first),
                sendFrame("/queue/out", "q1"),
                nack(second),
                sendFrame("/topic/t", "t2"),
                sendFrame("/queue/out", "q2"))));

        assertThat(reader.bodies())
                .containsExactlyInAnyOrder("t1", "q1", "t2", "q2")
                .containsSubsequence("t1", "t2");
        client.message("2");
        assertThat(client.wire).isExhausted();
        assertThat(refused(client.session.accept(ack(first)))).contains("not waiting");
    }

    @Test
    void anEmptyTransactionIsFine() {
        accepted(broker.client().session.commit(List.of()));
    }

    @Test
    void aRefusedTransactionChangesNothing() {
        var client = broker.client().subscribe("0", "/queue/in", "ack:client");
        var reader = broker.client().subscribe("0", "/topic/t");
        broker.publish("/queue/in", "1");
        String id = client.message("1");
        List<Frame> good = List.of(sendFrame("/topic/t", "t"), ack(id), sendFrame("/queue/out", "o"));
        List<Frame> bad = List.of(
                ack("unknown"),
                ack(id),
                sendFrame("/queue/*", ""),
                sendFrame("/topic/t", "", "expires:soon"),
                sendFrame("/queue/third", ""),
                sendFrame("/queue/out", "x".repeat(10_000)));

        for (Frame last : bad) {
            var frames = new ArrayList<>(good);
            frames.add(last);
            refused(client.session.commit(frames));
        }
        assertThat(reader.wire).isExhausted();
        assertThat(broker.broker.queues().count()).isEqualTo(2);
        accepted(client.session.commit(good));
        assertThat(reader.bodies()).containsExactly("t");
    }

    @Test
    void messagesThatFitOnlyOneByOneAreRefusedTogether() {
        var client = broker.client();
        var four =
                IntStream.range(0, 4).mapToObj(i -> sendFrame("/queue/q", "")).toList();

        assertThat(refused(client.session.commit(four))).contains("stampede.queue.messages");
        accepted(client.session.commit(four.subList(0, 3)));
    }

    @Test
    @StompItem(54)
    void nothingIsAcknowledgedTwiceWithinATransaction() {
        var client = broker.client().subscribe("0", "/queue/q", "ack:client");
        broker.publish("/queue/q", "1");
        broker.publish("/queue/q", "2");
        String first = client.message("1");
        String second = client.message("2");

        refused(client.session.commit(List.of(ack(second), ack(first))));
        refused(client.session.commit(List.of(nack(first), ack(first))));
        accepted(client.session.commit(List.of(ack(first), nack(second))));
        client.message("2");
        assertThat(client.wire).isExhausted();
    }

    @Test
    void aConsumerThatSubscribesInBetweenSeesAllOrNothing() {
        var client = broker.client();
        var first = broker.client().subscribe("0", "/queue/a");
        var both = List.of(sendFrame("/queue/a", "1"), sendFrame("/queue/b", "1"));
        accepted(client.session.commit(both));

        assertThat(first.bodies()).containsExactly("1");
        assertThat(broker.client().subscribe("0", "/queue/b").bodies()).containsExactly("1");
    }

    @Test
    @StompItem(64)
    void aTransactionOfAClosedSessionHasNoEffect() {
        var client = broker.client();
        client.session.close();
        accepted(client.session.commit(List.of(sendFrame("/queue/q", ""))));

        assertThat(broker.client().subscribe("0", "/queue/q").wire).isExhausted();
    }
}
