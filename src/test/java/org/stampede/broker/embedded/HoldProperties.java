package org.stampede.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.stampede.testing.StompItem;

/** Senders that go on when they may are never refused, lose nothing, and are never held for nothing. */
@StompItem(72)
final class HoldProperties {

    private static final int SENDERS = 5;
    /** Half of it is the mark; what is above that takes what all senders bring at once. */
    private static final int LIMIT = 2 * 2 * SENDERS;

    enum Action {
        SEND,
        SEND_TWO,
        ACK,
        REJECT,
        LEAVE
    }

    /** An action of one of the senders, or of the consumer. */
    record Step(Action action, int sender) {}

    private static final class Sender {

        final TestBroker.Client client;
        private CompletionStage<Void> sent;
        private boolean gone;

        Sender(TestBroker broker) {
            client = broker.client();
            sent = client.session.room();
        }

        boolean isHeld() {
            return !sent.toCompletableFuture().isDone();
        }

        void leave() {
            client.die();
            gone = true;
            assertThat(isHeld()).isFalse();
        }

        void send(int count, List<String> bodies) {
            var frames = bodies.stream()
                    .map(body -> TestBroker.sendFrame("/queue/q", body))
                    .toList();
            sent = count == 1 ? client.session.accept(frames.get(0)) : client.session.commit(frames);
            assertThat(sent.toCompletableFuture()).isNotCompletedExceptionally();
        }
    }

    @Property
    void whoWaitsForItsTurnIsNeverRefused(@ForAll("steps") List<Step> steps) {
        var broker = new TestBroker(TestBroker.holdLimits(10, LIMIT, 1 << 20, 1 << 20, Duration.ofHours(1)));
        var consumer = broker.client().subscribe("0", "/queue/q", "ack:client-individual");
        var senders = new ArrayList<Sender>();
        for (int i = 0; i < SENDERS; i++) {
            senders.add(new Sender(broker));
        }
        int sent = 0;
        int settled = 0;
        for (Step step : steps) {
            Sender sender = senders.get(step.sender());
            int count = step.action() == Action.SEND_TWO ? 2 : 1;
            switch (step.action()) {
                case SEND, SEND_TWO -> {
                    if (!sender.isHeld() && !sender.gone) {
                        sender.send(count, List.of(String.valueOf(sent), String.valueOf(sent + 1)));
                        sent += count;
                    }
                }
                case ACK, REJECT -> {
                    if (settled < sent) {
                        String id = consumer.message(String.valueOf(settled++));
                        settle(consumer, id, step.action());
                    }
                }
                case LEAVE -> sender.leave();
            }
        }
        while (settled < sent) {
            consumer.ack(consumer.message(String.valueOf(settled++)));
        }
        broker.broker.tick();

        assertThat(senders).noneMatch(Sender::isHeld);
    }

    private static void settle(TestBroker.Client consumer, String id, Action action) {
        if (action == Action.ACK) {
            consumer.ack(id);
        } else {
            consumer.nack(id, "requeue:false");
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.frequency(
                                Tuple.of(30, Action.SEND),
                                Tuple.of(15, Action.SEND_TWO),
                                Tuple.of(30, Action.ACK),
                                Tuple.of(15, Action.REJECT),
                                Tuple.of(1, Action.LEAVE)),
                        Arbitraries.integers().between(0, SENDERS - 1))
                .as(Step::new)
                .list()
                .ofMaxSize(150);
    }
}
