package org.stampede.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.broker.embedded.TestBroker.refused;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.testing.WireAssert.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.StompVersion;
import org.stampede.testing.RecordingWire;
import org.stampede.testing.StompItem;
import org.stampede.testing.WireAssert;

/** Acknowledgements, and what becomes of a message that is not acknowledged. */
final class RedeliveryTest {

    private final TestBroker broker = new TestBroker();

    private void publish(int from, int to) {
        IntStream.rangeClosed(from, to).forEach(i -> broker.publish("/queue/q", String.valueOf(i)));
    }

    private static void exhausted(RecordingWire... wires) {
        for (RecordingWire wire : wires) {
            WireAssert.assertThat(wire).isExhausted();
        }
    }

    @Test
    @StompItem({54, 56})
    void anAckOfAClientSubscriptionCoversAllEarlierMessagesOfThatSubscription() {
        var client =
                broker.client().subscribe("0", "/queue/q", "ack:client").subscribe("1", "/queue/other", "ack:client");
        broker.publish("/queue/other", "other");
        publish(1, 4);
        client.message("other");
        client.message("1");
        String second = client.message("2");
        String third = client.message("3");
        client.message("4");
        client.ack(third);

        assertThat(refused(client.session.accept(Frame.of(Command.ACK, "id", second))))
                .contains("acknowledged");
        client.die();
        assertThat(broker.client().subscribe("0", "/queue/q").bodies()).containsExactly("4");
        assertThat(broker.client().subscribe("0", "/queue/other").bodies()).containsExactly("other");
    }

    @Test
    @StompItem({55, 56})
    void anAckOfAClientIndividualSubscriptionCoversOneMessage() {
        var client = broker.client().subscribe("0", "/queue/q", "ack:client-individual");
        publish(1, 3);
        client.message("1");
        client.ack(client.message("2"));
        client.message("3");
        client.die();

        assertThat(broker.client().subscribe("0", "/queue/q").bodies()).containsExactly("1", "3");
    }

    @ParameterizedTest
    @EnumSource(StompVersion.class)
    @StompItem({58, 70})
    void theAckHeaderIsThereInVersion12Only(StompVersion version) {
        var client = broker.client(version).subscribe("0", "/queue/q", "ack:client");
        publish(1, 1);
        Frame message = client.message();
        String id = message.header("message-id").orElseThrow();

        assertThat(message.header("ack").isPresent()).isEqualTo(version == StompVersion.V1_2);
        assertThat(message.header("ack").orElse(id)).isEqualTo(id);
        client.ack(id);
    }

    @Test
    @StompItem(58)
    void anAckMayNameItsSubscriptionButNotAnother() {
        var client = broker.client(StompVersion.V1_1)
                .subscribe("0", "/queue/q", "ack:client")
                .subscribe("1", "/queue/r", "ack:client");
        publish(1, 1);
        String id = client.message("1");

        assertThat(refused(client.session.accept(Frame.of(Command.ACK, "id", id, "subscription", "1"))))
                .contains("another subscription");
        TestBroker.accepted(client.session.accept(Frame.of(Command.ACK, "id", id, "subscription", "0")));
    }

    @Test
    void anAckOfAnUnknownMessageIsRefused() {
        var client = broker.client().subscribe("0", "/queue/q", "ack:client").subscribe("1", "/queue/auto");
        var other = broker.client().subscribe("0", "/queue/q", "ack:client");
        publish(1, 2);
        broker.publish("/queue/auto", "auto");
        String id = client.message("1");
        String auto = client.message("auto");
        String others = other.message("2");

        for (String wrong : new String[] {"", "x", others, auto, id.replace("-s", "-s0"), id + "-1", "-s1-1"}) {
            assertThat(refused(client.session.accept(Frame.of(Command.ACK, "id", wrong))))
                    .contains("no message");
        }
        String next = id + "0";
        assertThat(refused(client.session.accept(Frame.of(Command.NACK, "id", next))))
                .contains("not waiting");
        client.ack(id);
        assertThat(refused(client.session.accept(Frame.of(Command.ACK, "id", id))))
                .contains("not waiting");
    }

    @Test
    @StompItem({56, 59})
    void messagesOfADeadConsumerGoToAnotherOneFirstAndInTheirOldOrder() {
        var first = broker.client().subscribe("0", "/queue/q", "ack:client", "prefetch-count:2");
        var second = broker.client().subscribe("0", "/queue/q", "ack:client-individual", "prefetch-count:2");
        publish(1, 6);
        first.message("1");
        second.message("2");
        first.message("3");
        second.message("4");
        first.die();
        second.die();

        var third = broker.client().subscribe("0", "/queue/q", "ack:client");
        for (int i = 1; i <= 4; i++) {
            assertThat(third.wire)
                    .sent(MESSAGE, "redelivered:true", "delivery-count:2")
                    .withBody(String.valueOf(i));
        }
        assertThat(third.wire)
                .sent(MESSAGE)
                .withBody("5")
                .without("redelivered")
                .without("delivery-count")
                .sent(MESSAGE)
                .withBody("6")
                .isExhausted();
    }

    @Test
    @StompItem(53)
    void whatWasNotWrittenWhenASessionEndsReturns() {
        var client = broker.client();
        client.wire.hold();
        client.subscribe("0", "/queue/q");
        publish(1, 3);
        client.die();

        var next = broker.client().subscribe("0", "/queue/q");
        assertThat(next.wire)
                .sent(MESSAGE, "redelivered:true", "delivery-count:1")
                .withBody("1");
        assertThat(next.message().bodyText()).isEqualTo("2");
        assertThat(next.message().bodyText()).isEqualTo("3");
        exhausted(next.wire);
        assertThat(client.wire.frames()).hasSize(1);
    }

    @Test
    void whatAnOutboxRefusesGoesToAnotherConsumerAndTheSessionGetsNothingMore() {
        var dead = broker.client().subscribe("0", "/queue/q").subscribe("1", "/queue/q", "ack:client");
        var alive = broker.client();
        dead.outbox.abandon();
        publish(1, 1);
        alive.subscribe("0", "/queue/q");
        publish(2, 3);

        assertThat(alive.wire).sent(MESSAGE, "redelivered:true").withBody("1");
        alive.message("2");
        alive.message("3");
        exhausted(alive.wire, dead.wire);
    }

    @Test
    @StompItem(59)
    void aNackGivesTheMessageToAnotherConsumer() {
        var first = broker.client().subscribe("0", "/queue/q", "ack:client-individual");
        publish(1, 1);
        String id = first.message("1");
        var second = broker.client().subscribe("0", "/queue/q", "ack:client-individual");
        first.nack(id);

        assertThat(second.wire)
                .sent(MESSAGE, "redelivered:true", "delivery-count:2")
                .withBody("1");
        exhausted(first.wire, second.wire);
    }

    @Test
    @StompItem(59)
    void aNackGivesTheMessageToTheSameConsumerIfThereIsNoOtherWithCredit() {
        var first = broker.client().subscribe("0", "/queue/q", "ack:client-individual");
        var busy = broker.client().subscribe("0", "/queue/q", "ack:client", "prefetch-count:1");
        publish(1, 3);
        first.nack(first.message("1"));
        busy.message("2");
        first.message("3");

        assertThat(first.wire).sent(MESSAGE, "redelivered:true").withBody("1");
        exhausted(first.wire, busy.wire);
    }

    @Test
    @StompItem(59)
    void aNackOfAClientSubscriptionCoversAllEarlierMessages() {
        var client = broker.client().subscribe("0", "/queue/q", "ack:client", "prefetch-count:3");
        publish(1, 4);
        client.message("1");
        String second = client.message("2");
        client.message("3");
        client.nack(second);

        client.message("1");
        client.message("2");
        exhausted(client.wire);
    }

    @Test
    @StompItem(59)
    void aRejectedMessageIsADeadLetter() {
        var client = broker.client().subscribe("0", "/queue/q", "ack:client-individual");
        broker.publish("/queue/q", "1", "foo:bar", "expiration:5000");
        client.nack(client.message("1"), "requeue:false");
        exhausted(client.wire);

        var undertaker = broker.client().subscribe("0", DeadLetters.NAME, "ack:client");
        assertThat(undertaker.wire)
                .sent(
                        MESSAGE,
                        "destination:/queue/DLQ",
                        "dead-letter-destination:/queue/q",
                        "dead-letter-reason:rejected",
                        "foo:bar")
                .withBody("1")
                .without("redelivered")
                .isExhausted();
    }

    @Test
    void aMessageIsADeadLetterAfterTooManyDeliveries() {
        var small = new TestBroker(TestBroker.flowLimits(3, 100, 100, 10_000));
        var client = small.client().subscribe("0", "/queue/q", "ack:client");
        small.publish("/queue/q", "poison");
        client.nack(client.message("poison"));
        client.nack(client.message("poison"));
        client.message("poison");
        client.die();

        assertThat(small.client().subscribe("0", "/queue/q").bodies()).isEmpty();
        assertThat(small.client().subscribe("0", DeadLetters.NAME).wire)
                .sent(MESSAGE, "dead-letter-reason:delivery-limit")
                .isExhausted();
    }

    @Test
    void whatWasNeverWrittenDoesNotCountAsDelivered() {
        var small = new TestBroker(TestBroker.flowLimits(2, 100, 100, 10_000));
        small.publish("/queue/q", "1");
        for (int i = 0; i < 5; i++) {
            var client = small.client();
            client.wire.hold();
            client.subscribe("0", "/queue/q", "ack:client");
            client.die();
        }

        assertThat(small.client().subscribe("0", "/queue/q").bodies()).containsExactly("1");
    }

    @Test
    void aDeadLetterThatIsRejectedIsGone() {
        var client =
                broker.client().subscribe("0", "/queue/q", "ack:client").subscribe("1", DeadLetters.NAME, "ack:client");
        publish(1, 1);
        client.nack(client.message("1"), "requeue:false");
        client.nack(client.message("1"), "requeue:false");

        exhausted(client.wire);
        assertThat(broker.broker.queues().lostLetters()).isEqualTo(1);
    }

    @Test
    void fullDeadLettersDropTheOldest() {
        var small = new TestBroker(TestBroker.queueLimits(10, 3, 10_000, 100_000));
        var client = small.client().subscribe("0", "/queue/q", "ack:client");
        for (int i = 1; i <= 5; i++) {
            small.publish("/queue/q", String.valueOf(i));
            client.nack(client.message(String.valueOf(i)), "requeue:false");
        }

        assertThat(small.broker.queues().lostLetters()).isEqualTo(2);
        assertThat(small.client().subscribe("0", DeadLetters.NAME).bodies()).containsExactly("3", "4", "5");
    }

    @Test
    void aDeadLetterIsLostIfAllOthersAreBeingDealtWith() {
        var small = new TestBroker(TestBroker.queueLimits(10, 1, 10_000, 100_000));
        var client =
                small.client().subscribe("0", "/queue/q", "ack:client").subscribe("1", DeadLetters.NAME, "ack:client");
        small.publish("/queue/q", "1");
        client.nack(client.message("1"), "requeue:false");
        String letter = client.message("1");
        small.publish("/queue/q", "2");
        client.nack(client.message("2"), "requeue:false");

        exhausted(client.wire);
        assertThat(small.broker.queues().lostLetters()).isEqualTo(1);
        client.ack(letter);
    }

    @Test
    @StompItem(52)
    void afterUnsubscribeUnacknowledgedMessagesReturnAndCannotBeAcknowledged() {
        var client = broker.client().subscribe("0", "/queue/q", "ack:client");
        publish(1, 2);
        String id = client.message("1");
        client.message("2");
        client.unsubscribe("0");

        assertThat(refused(client.session.accept(Frame.of(Command.ACK, "id", id))))
                .contains("live subscription");
        assertThat(broker.client().subscribe("0", "/queue/q").bodies()).containsExactly("1", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "client"})
    void closingTwiceIsClosingOnce(String ack) {
        var client = broker.client().subscribe("0", "/queue/q", "ack:" + ack).subscribe("1", "/queue/q", "ack:" + ack);
        client.wire.hold();
        publish(1, 2);
        client.die();
        client.die();

        assertThat(broker.client().subscribe("0", "/queue/q").bodies()).containsExactly("1", "2");
        client.wire.skipAll();
    }

    @Test
    void aChainOfDeadConsumersIsNoTroubleAtAll() {
        for (int i = 0; i < 2_000; i++) {
            broker.client().subscribe("0", "/queue/q").outbox.abandon();
        }
        publish(1, 1);

        assertThat(broker.client().subscribe("0", "/queue/q").bodies()).containsExactly("1");
    }
}
