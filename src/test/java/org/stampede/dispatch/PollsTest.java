package org.stampede.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stampede.stomp.Command.ERROR;
import static org.stampede.testing.Awaited.done;
import static org.stampede.testing.WireAssert.assertThat;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stampede.broker.AwayException;
import org.stampede.messaging.Answers;
import org.stampede.messaging.BrokerAwayException;
import org.stampede.messaging.SessionSnapshot;
import org.stampede.messaging.SessionSnapshot.Subscription;
import org.stampede.messaging.SessionsEverywhere;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.Headers;
import org.stampede.testing.ManualClock;
import org.stampede.testing.ManualExecutor;
import org.stampede.transport.CloseReason;

/** Servers ask each other about their sessions. */
class PollsTest {

    private static final NeighbourLimits LIMITS =
            new NeighbourLimits(Duration.ofSeconds(10), 3, 5, Duration.ofSeconds(2), 2_000, 3);

    private final ManualClock clock = new ManualClock();
    private final ManualExecutor executor = new ManualExecutor();
    private final Jsonb jsonb = JsonbBuilder.create();
    /** What servers have announced goes to all the others. */
    private final List<Node> nodes = new ArrayList<>();

    private boolean away;

    /** A server. */
    private final class Node {

        final TestApplication app = TestApplication.of();
        final Polls polls = new Polls(app.sessions(), this::announce, jsonb, LIMITS, executor, clock);
        /** Whether it hears nothing, and says nothing. */
        boolean dead;
        /** How many octets it has said. */
        int said;

        private CompletionStage<Void> announce(Frame frame) {
            if (away) {
                return CompletableFuture.failedStage(AwayException.notSent("The broker is away."));
            }
            said += frame.body().remaining();
            nodes.stream().filter(node -> node != this && !node.dead && !dead).forEach(node -> node.polls.hear(frame));
            return CompletableFuture.completedStage(null);
        }
    }

    private Node start() {
        var node = new Node();
        nodes.add(node);
        tick();
        return node;
    }

    private void tick() {
        nodes.stream().filter(node -> !node.dead).forEach(node -> node.polls.tick());
        executor.runAll();
        nodes.stream().filter(node -> !node.dead).forEach(node -> node.polls.tick());
        executor.runAll();
    }

    private void advance(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            clock.advance(Duration.ofSeconds(1));
            tick();
        }
    }

    @AfterEach
    void stop() throws Exception {
        for (Node node : nodes) {
            node.app.close();
        }
        jsonb.close();
    }

    private <T> Answers<T> answers(CompletionStage<Answers<T>> asked) throws Exception {
        executor.runAll();
        return done(asked);
    }

    private static List<String> ids(Answers<List<SessionSnapshot>> answers) {
        return answers.value().stream().map(SessionSnapshot::sessionId).toList();
    }

    @Test
    void aServerThatIsAloneAnswersItself() throws Exception {
        var only = start();
        var ann = only.app.connect("ann");
        assertThat(answers(only.polls.count())).isEqualTo(new Answers<>(1, 1, 0, 0));
        assertThat(ids(answers(only.polls.ofUser("ann")))).containsExactly(ann.sessionId);
        SessionsEverywhere everywhere = only.app.sessions().everywhere();
        assertThat(done(everywhere.count())).isEqualTo(new Answers<>(1, 1, 0, 0));
        assertThat(ids(done(everywhere.all()))).containsExactly(ann.sessionId);
        assertThat(ids(done(everywhere.ofUser("ann")))).containsExactly(ann.sessionId);
        assertThat(ids(done(everywhere.subscribedTo("/user/queue/errors")))).containsExactly(ann.sessionId);
        assertThat(done(everywhere.find(ann.sessionId)).value()).isPresent();
        assertThat(done(everywhere.disconnect("else", "Why?")).value()).isFalse();
        assertThat(done(everywhere.disconnectUser("ann", "Why?")).value()).isEqualTo(1);
    }

    @Test
    void sessionsAreFoundWhereverTheyAre() throws Exception {
        var one = start();
        var two = start();
        var three = start();
        var ann1 = one.app.connect("ann");
        var ann2 = three.app.connect("ann").say("SUBSCRIBE\nid:\u00e4\ndestination:/topic/price.*\n\n^@");
        var nobody = two.app.connect();
        assertThat(answers(two.polls.count())).isEqualTo(new Answers<>(3, 3, 0, 0));
        assertThat(ids(answers(two.polls.all())))
                .containsExactlyInAnyOrder(ann1.sessionId, ann2.sessionId, nobody.sessionId);
        assertThat(ids(answers(two.polls.ofUser("ann")))).containsExactly(ann1.sessionId, ann2.sessionId);
        assertThat(ids(answers(two.polls.subscribedTo("/topic/price.MMM")))).containsExactly(ann2.sessionId);
        assertThat(answers(one.polls.find("else")).value()).isEmpty();

        var found = answers(one.polls.find(ann2.sessionId)).value().orElseThrow();
        var there = three.app.sessions().find(ann2.sessionId).orElseThrow();
        assertThat(found.user().orElseThrow().getName()).isEqualTo("ann");
        assertThat(found.since()).isEqualTo(there.since());
        assertThat(found.subscriptions())
                .containsExactly(
                        new Subscription("errors", "/user/queue/errors"), new Subscription("\u00e4", "/topic/price.*"));
        assertThat(answers(one.polls.find(nobody.sessionId))
                        .value()
                        .orElseThrow()
                        .user())
                .isEmpty();
    }

    @Test
    void sessionsAreEndedWhereverTheyAre() throws Exception {
        var one = start();
        var two = start();
        var clients = List.of(one.app.connect("ann"), two.app.connect("ann"), two.app.connect("ann"));
        var bob = two.app.connect("bob");
        assertThat(answers(one.polls.disconnectUser("ann", "Password changed.")).value())
                .isEqualTo(3);
        clients.forEach(client ->
                assertThat(client.wire).sent(ERROR, "message:Password changed.").closed(CloseReason.POLICY));
        assertThat(answers(one.polls.disconnectUser("ann", "Again.")).value()).isZero();
        assertThat(answers(one.polls.disconnect(bob.sessionId, "Bye.")).value()).isTrue();
        assertThat(bob.wire).sent(ERROR, "message:Bye.").closed(CloseReason.POLICY);
        assertThat(answers(one.polls.disconnect(bob.sessionId, "Again.")).value())
                .isFalse();
        assertThatThrownBy(() -> one.polls.disconnectUser("ann", " ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> one.polls.disconnect("1", "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whoIsSilentIsCountedAndAfterSomeBeatsForgotten() throws Exception {
        var one = start();
        var two = start();
        two.app.connect("ann");
        assertThat(answers(one.polls.count())).isEqualTo(new Answers<>(1, 2, 0, 0));
        two.dead = true;
        var asked = one.polls.count().toCompletableFuture();
        executor.runAll();
        advance(Duration.ofSeconds(1));
        assertThat(asked).isNotDone();
        advance(Duration.ofSeconds(1));
        assertThat(done(asked)).isEqualTo(new Answers<>(0, 1, 1, 0));
        assertThat(done(asked).isComplete()).isFalse();

        advance(Duration.ofSeconds(31));
        assertThat(answers(one.polls.count())).isEqualTo(new Answers<>(0, 1, 0, 0));
        two.dead = false;
        advance(Duration.ofSeconds(10));
        assertThat(answers(one.polls.count())).isEqualTo(new Answers<>(1, 2, 0, 0));
    }

    @Test
    void whoBeatsIsKnownForEver() throws Exception {
        var one = start();
        start();
        advance(Duration.ofMinutes(10));
        assertThat(answers(one.polls.count()).servers()).isEqualTo(2);
        assertThat(one.said).as("beats of 36 octets, one in ten seconds").isLessThan(36 * 70);
    }

    @Test
    void whoLeavesIsNotWaitedFor() throws Exception {
        var one = start();
        var two = start();
        var three = start();
        two.dead = true;
        var asked = one.polls.count();
        executor.runAll();
        two.dead = false;
        two.polls.leave();
        assertThat(answers(asked)).isEqualTo(new Answers<>(0, 2, 0, 0));
        assertThat(answers(three.polls.count()).servers()).isEqualTo(2);
        advance(Duration.ofSeconds(20));
        assertThat(answers(three.polls.count()).servers())
                .as("who has left does not come back")
                .isEqualTo(2);
    }

    @Test
    void aSessionThatIsFoundIsNotLookedForElsewhere() throws Exception {
        var one = start();
        var two = start();
        var ann = one.app.connect("ann");
        two.dead = true;
        assertThat(answers(one.polls.find(ann.sessionId))).satisfies(answers -> {
            assertThat(answers.value()).isPresent();
            assertThat(answers.isComplete()).isTrue();
        });
    }

    @Test
    void whatDoesNotFitIntoAnAnswerIsCounted() throws Exception {
        var one = start();
        var two = start();
        for (int i = 0; i < 50; i++) {
            two.app.connect("ann");
        }
        two.said = 0;
        var answers = answers(one.polls.all());
        assertThat(two.said).isLessThanOrEqualTo(LIMITS.answerOctets());
        assertThat(answers.value()).hasSizeBetween(5, 20);
        assertThat(answers.value().size() + answers.leftOut()).isEqualTo(50);
        assertThat(answers.isComplete()).isFalse();
        assertThat(answers(one.polls.count())).isEqualTo(new Answers<>(50, 2, 0, 0));
    }

    @Test
    void onlySoManyQuestionsWait() throws Exception {
        var one = start();
        var two = start();
        two.dead = true;
        var waiting = List.of(one.polls.count(), one.polls.count(), one.polls.count());
        var tooMany = one.polls.count();
        executor.runAll();
        assertThatThrownBy(() -> done(tooMany))
                .hasCauseInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining(NeighbourLimits.QUESTIONS);
        advance(Duration.ofSeconds(2));
        for (CompletionStage<Answers<Integer>> asked : waiting) {
            assertThat(done(asked).silent()).isEqualTo(1);
        }
        two.dead = false;
        assertThat(answers(one.polls.count()).servers()).isEqualTo(2);
    }

    @Test
    void onlySoManyServersAreKnown() throws Exception {
        var one = start();
        for (int i = 0; i < 10; i++) {
            one.polls.hear(talk("/servers/here", "server " + i));
        }
        var asked = one.polls.count();
        executor.runAll();
        advance(Duration.ofSeconds(2));
        assertThat(done(asked).silent()).isEqualTo(LIMITS.most());
    }

    @Test
    void whoCannotAskIsToldSo() throws Exception {
        var one = start();
        start();
        away = true;
        var asked = one.polls.count();
        executor.runAll();
        assertThatThrownBy(() -> done(asked)).hasCauseInstanceOf(BrokerAwayException.class);
        advance(Duration.ofMinutes(1));
        away = false;
        // The first tick after its return is enough.
        tick();
        assertThat(answers(one.polls.count()).servers()).isEqualTo(2);
    }

    private static Frame talk(String name, String body) {
        return Frame.of(Command.SEND, Headers.of("destination", name), body);
    }

    @Test
    void nonsenseIsPassedOver() throws Exception {
        var one = start();
        var two = start();
        for (String name : List.of("ask", "answer/x", "else")) {
            assertThat(two.polls.hear(talk("/servers/" + name, "nonsense"))).isTrue();
        }
        two.polls.hear(
                talk("/servers/ask", "{\"from\":\"x\",\"number\":1,\"about\":\"DISCONNECT_USER\",\"name\":\"ann\"}"));
        assertThat(two.polls.hear(talk("/user/ann/queue/x", ""))).isFalse();
        executor.runAll();
        assertThat(answers(one.polls.count()).servers()).isEqualTo(2);
    }

    @Test
    void applicationsAreToldOnThreadsOfTheirOwn() throws Exception {
        var one = start();
        start();
        var told = one.polls.count().thenApply(answers -> {
            // This one takes its time; another question is answered meanwhile.
            try {
                return answers(one.polls.count()).value();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        executor.runAll();
        assertThat(done(told)).isZero();
    }
}
