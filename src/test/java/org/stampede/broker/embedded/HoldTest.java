package org.stampede.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.broker.embedded.TestBroker.holdLimits;
import static org.stampede.broker.embedded.TestBroker.refused;
import static org.stampede.broker.embedded.TestBroker.sendFrame;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.testing.StompItem;

/** Who brings more than is fetched is held: from more than 4 messages in a queue on, until there are 2, for 10 seconds at most. */
@StompItem(72)
final class HoldTest {

    private static final Duration TIME = Duration.ofSeconds(10);
    private static final long MUCH = 1 << 20;

    private final TestBroker broker = new TestBroker(holdLimits(10, 8, MUCH, MUCH, TIME));
    private final TestBroker.Client sender = broker.client();

    private static CompletionStage<Void> sending(TestBroker.Client client, String destination) {
        return client.session.accept(sendFrame(destination, "x"));
    }

    /** Brings so much to a queue that nobody may bring more without being held. */
    private void fill(String destination) {
        for (int i = 0; i < 4; i++) {
            broker.publish(destination, "x");
        }
    }

    private TestBroker.Client consumer(String destination) {
        return broker.client().subscribe("0", destination, "ack:client-individual");
    }

    private static void ack(TestBroker.Client consumer, int count) {
        for (int i = 0; i < count; i++) {
            consumer.ack(consumer.message("x"));
        }
    }

    private static void held(TestBroker.Client client, CompletionStage<Void> sent) {
        assertThat(sent.toCompletableFuture()).isNotDone();
        assertThat(client.session.room().toCompletableFuture()).isNotDone();
    }

    private static void free(TestBroker.Client client, CompletionStage<Void> sent) {
        assertThat(sent.toCompletableFuture()).isCompleted();
        assertThat(client.session.room().toCompletableFuture()).isCompleted();
    }

    @Test
    void aboveTheMarkAMessageIsTakenAtOnceAndConfirmedWhenHalfOfItIsLeft() {
        var consumer = consumer("/queue/q");
        for (int i = 0; i < 4; i++) {
            free(sender, sending(sender, "/queue/q"));
        }
        var fifth = sending(sender, "/queue/q");

        held(sender, fifth);
        ack(consumer, 2);
        held(sender, fifth);
        ack(consumer, 1);
        free(sender, fifth);
        ack(consumer, 2);
    }

    @Test
    void whoIsLetGoMayBeHeldAgain() {
        fill("/queue/q");
        var consumer = consumer("/queue/q");
        sending(sender, "/queue/q");
        ack(consumer, 3);
        free(sender, sending(sender, "/queue/q"));
        free(sender, sending(sender, "/queue/q"));
        var again = sending(sender, "/queue/q");

        held(sender, again);
        ack(consumer, 3);
        free(sender, again);
    }

    @Test
    void theApplicationIsNotHeld() {
        fill("/queue/q");
        broker.publish("/queue/q", "x");

        assertThat(broker.client().subscribe("0", "/queue/q").bodies()).hasSize(5);
    }

    @Test
    void otherQueuesAndTopicsAreFree() {
        fill("/queue/q");

        free(sender, sending(sender, "/queue/other"));
        free(sender, sending(sender, "/topic/t"));
    }

    @Test
    void octetsCountAsWell() {
        var narrow = new TestBroker(holdLimits(10, 100, 4_000, MUCH, TIME));
        var client = narrow.client();
        free(client, client.session.accept(sendFrame("/queue/q", "x".repeat(1_000))));
        var second = client.session.accept(sendFrame("/queue/q", "x".repeat(1_000)));

        held(client, second);
        // The first one alone is more than half of the mark.
        var consumer = narrow.client().subscribe("0", "/queue/q", "ack:client");
        consumer.ack(consumer.message().header("ack").orElseThrow());
        held(client, second);
        consumer.ack(consumer.message().header("ack").orElseThrow());
        free(client, second);
    }

    @Test
    void allQueuesTogetherHaveAMarkOfTheirOwn() {
        var narrow = new TestBroker(holdLimits(10, 100, MUCH, 4_000, TIME));
        narrow.publish("/queue/a", "x".repeat(1_500));
        var client = narrow.client();
        var small = sending(client, "/queue/b");

        held(client, small);
        assertThat(narrow.client().subscribe("0", "/queue/a").bodies()).hasSize(1);
        free(client, small);
    }

    @Test
    void whatIsAboveTheLimitIsRefusedAtOnceAndNeverConfirmed() {
        fill("/queue/q");
        fill("/queue/q");

        assertThat(refused(sending(sender, "/queue/q"))).contains("stampede.queue.messages");
        assertThat(sender.session.room().toCompletableFuture()).isCompleted();
    }

    @Test
    void whoIsHeldAndBringsMoreIsConfirmedWithTheFirst() {
        fill("/queue/q");
        var first = sending(sender, "/queue/q");
        var second = sending(sender, "/queue/q");
        var elsewhere = sending(sender, "/queue/other");

        held(sender, second);
        held(sender, elsewhere);
        ack(consumer("/queue/q"), 4);
        free(sender, first);
        free(sender, second);
        free(sender, elsewhere);
    }

    @Test
    void sendersGoOnInTheirOrderAsManyAsTheQueueHasRoomFor() {
        var clients = List.of(broker.client(), broker.client(), broker.client(), broker.client());
        fill("/queue/q");
        var sent = new ArrayList<CompletionStage<Void>>();
        clients.forEach(client -> sent.add(sending(client, "/queue/q")));
        var consumer = consumer("/queue/q");
        ack(consumer, 5);
        assertThat(sent).allMatch(stage -> !stage.toCompletableFuture().isDone());

        ack(consumer, 1);
        free(clients.get(0), sent.get(0));
        free(clients.get(1), sent.get(1));
        held(clients.get(2), sent.get(2));
        ack(consumer, 1);
        free(clients.get(2), sent.get(2));
        held(clients.get(3), sent.get(3));
        // Those who went on have nothing more to say, as it seems.
        broker.broker.tick();
        free(clients.get(3), sent.get(3));
        ack(consumer, 1);
    }

    @Test
    void whoBroughtWhatWasExpectedMakesRoomForTheNext() {
        var clients = List.of(broker.client(), broker.client(), broker.client(), broker.client());
        fill("/queue/q");
        var sent = new ArrayList<CompletionStage<Void>>();
        clients.forEach(client -> sent.add(sending(client, "/queue/q")));
        var consumer = consumer("/queue/q");
        ack(consumer, 6);
        free(clients.get(0), sending(clients.get(0), "/queue/q"));
        free(clients.get(1), sending(clients.get(1), "/queue/q"));
        ack(consumer, 1);
        held(clients.get(2), sent.get(2));
        ack(consumer, 1);

        free(clients.get(2), sent.get(2));
        free(clients.get(3), sent.get(3));
        ack(consumer, 2);
    }

    @Test
    void nobodyIsHeldForLongerThanASetTime() {
        fill("/queue/q");
        var fifth = sending(sender, "/queue/q");
        broker.advance(Duration.ofMillis(9_999));
        broker.broker.tick();
        held(sender, fifth);
        broker.advance(Duration.ofMillis(1));
        broker.broker.tick();

        free(sender, fifth);
        var sixth = sending(sender, "/queue/q");
        held(sender, sixth);
        broker.advance(TIME);
        broker.broker.tick();
        free(sender, sixth);
        assertThat(broker.client().subscribe("0", "/queue/q").bodies()).hasSize(6);
    }

    @Test
    void aClockThatIsSetBackHoldsNobodyForLonger() {
        fill("/queue/q");
        var fifth = sending(sender, "/queue/q");
        broker.advance(Duration.ofHours(-1));
        broker.broker.tick();

        free(sender, fifth);
    }

    @Test
    void whoHasMessagesOfThatQueueToAcknowledgeIsNotHeld() {
        sender.subscribe("0", "/queue/q", "ack:client", "prefetch-count:1");
        fill("/queue/q");

        free(sender, sending(sender, "/queue/q"));
        free(sender, sending(sender, "/queue/q"));
        sender.unsubscribe("0");
        held(sender, sending(sender, "/queue/q"));
        sender.message("x");
    }

    @Test
    void whoHasMessagesOfAnotherQueueToAcknowledgeIsHeld() {
        sender.subscribe("0", "/queue/other", "ack:client");
        broker.publish("/queue/other", "x");
        fill("/queue/q");

        held(sender, sending(sender, "/queue/q"));
        sender.message("x");
    }

    @Test
    void whoHasMessagesOfAnyQueueToAcknowledgeIsNotHeldForAllTogether() {
        var narrow = new TestBroker(holdLimits(10, 100, MUCH, 4_000, TIME));
        var worker = narrow.client().subscribe("0", "/queue/a", "ack:client");
        narrow.publish("/queue/a", "x".repeat(1_500));

        free(worker, sending(worker, "/queue/b"));
        worker.message();
    }

    @Test
    @StompItem({63, 72})
    void aTransactionIsHeldAsAWhole() {
        var consumer = consumer("/queue/q");
        var frame = sendFrame("/queue/q", "x");
        var committed = sender.session.commit(List.of(frame, frame, frame, frame, frame));

        held(sender, committed);
        ack(consumer, 3);
        free(sender, committed);
        ack(consumer, 2);
    }

    @Test
    void aTransactionThatTakesAsMuchAsItBringsIsFree() {
        fill("/queue/q");
        var worker = broker.client().subscribe("0", "/queue/q", "ack:client", "prefetch-count:1");
        var ack = Frame.of(Command.ACK, "id", worker.message("x"));

        free(worker, worker.session.commit(List.of(ack, sendFrame("/queue/q", "x"))));
        worker.message("x");
    }

    @Test
    void aTransactionOfManyQueuesWaitsForEachOfThem() {
        fill("/queue/a");
        fill("/queue/b");
        var committed = sender.session.commit(List.of(sendFrame("/queue/a", "x"), sendFrame("/queue/b", "x")));
        ack(consumer("/queue/a"), 5);

        held(sender, committed);
        ack(consumer("/queue/b"), 3);
        free(sender, committed);
    }

    @Test
    void timeThatMessagesHaveNoMoreMakesRoom() {
        for (int i = 0; i < 4; i++) {
            broker.publish("/queue/q", "x", "expiration:100");
        }
        var fifth = sending(sender, "/queue/q");
        broker.advance(Duration.ofMillis(100));
        held(sender, fifth);
        broker.broker.tick();

        free(sender, fifth);
    }

    @Test
    void deadLettersMakeRoom() {
        fill("/queue/q");
        var fifth = sending(sender, "/queue/q");
        var consumer = consumer("/queue/q");
        for (int i = 0; i < 3; i++) {
            held(sender, fifth);
            consumer.nack(consumer.message("x"), "requeue:false");
        }

        free(sender, fifth);
        assertThat(broker.client().subscribe("0", DeadLetters.NAME).bodies()).hasSize(3);
        ack(consumer, 2);
    }

    @Test
    void messagesThatNeedNoAcknowledgementMakeRoomWhenTheyAreWritten() {
        fill("/queue/q");
        var fifth = sending(sender, "/queue/q");
        var consumer = broker.client();
        consumer.wire.hold();
        consumer.subscribe("0", "/queue/q");
        held(sender, fifth);
        consumer.wire.release();

        free(sender, fifth);
        assertThat(consumer.bodies()).hasSize(5);
    }

    @Test
    void whatReturnsToItsQueueMakesNoRoom() {
        fill("/queue/q");
        var fifth = sending(sender, "/queue/q");
        consumer("/queue/q").die();

        held(sender, fifth);
    }

    @Test
    void theMessagesOfWhoLeavesStay() {
        fill("/queue/q");
        var fifth = sending(sender, "/queue/q");
        var next = broker.client();
        var sixth = sending(next, "/queue/q");
        sender.die();

        free(sender, fifth);
        held(next, sixth);
        assertThat(broker.client().subscribe("0", "/queue/q").bodies()).hasSize(6);
        free(next, sixth);
    }

    @Test
    void theEndOfTheBrokerIsThatOfAllHolds() {
        fill("/queue/q");
        var fifth = sending(sender, "/queue/q");
        broker.broker.close();

        free(sender, fifth);
    }

    @Test
    void withoutTimeNobodyIsHeld() {
        var patient = new TestBroker(holdLimits(10, 8, MUCH, MUCH, Duration.ZERO));
        var client = patient.client();
        for (int i = 0; i < 8; i++) {
            free(client, sending(client, "/queue/q"));
        }
        assertThat(refused(sending(client, "/queue/q"))).contains("stampede.queue.messages");
    }

    @Test
    void aMarkIsAPartOfItsLimitAndNeverNothing() {
        assertThat(holdLimits(1, 1, 1, 1, TIME).mark(1)).isEqualTo(1);
        assertThat(holdLimits(1, 1, 1, 1, TIME).mark(199)).isEqualTo(99);
        assertThat(holdLimits(1, 1, 1, 1, TIME).mark(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE / 2);
    }

    /** Whoever is let go may send at once, from within the broker. */
    @Test
    void whoIsLetGoMaySendOnTheSameThread() {
        fill("/queue/q");
        var answers = new ArrayList<CompletionStage<Void>>();
        sending(sender, "/queue/q").thenRun(() -> answers.add(sending(sender, "/queue/q")));
        ack(consumer("/queue/q"), 3);

        assertThat(answers).hasSize(1);
        free(sender, answers.get(0));
    }
}
