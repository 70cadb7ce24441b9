package org.stampede.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.stampede.stomp.Frame;
import org.stampede.testing.StompItem;

/** Whatever consumers do, each message is in one place, and what nobody consumed is still there, in order. */
@StompItem({54, 55, 56, 59})
final class QueueProperties {

    private static final int CONSUMERS = 3;

    enum Action {
        PUBLISH,
        ACK,
        NACK,
        REJECT,
        UNSUBSCRIBE,
        DIE
    }

    /** An action of one of the consumers, on one of its unacknowledged messages. */
    record Step(Action action, int consumer, int message) {}

    /** One consumer as the test sees it. */
    private static final class Consumer {

        final TestBroker.Client client;
        final boolean cumulative;
        final int prefetch;
        final NavigableMap<Integer, String> unacknowledged = new TreeMap<>();
        private int received;

        Consumer(TestBroker broker, boolean cumulative, int prefetch) {
            this.client = broker.client();
            this.cumulative = cumulative;
            this.prefetch = prefetch;
            client.subscribe(
                    "0",
                    "/queue/q",
                    "ack:" + (cumulative ? "client" : "client-individual"),
                    "prefetch-count:" + prefetch);
        }

        /** Notes what has come; by the order in which it came, not by the numbers of the messages. */
        void read() {
            List<Frame> frames = client.wire.frames();
            for (; received < frames.size(); received++) {
                unacknowledged.put(received, frames.get(received).bodyText());
            }
            assertThat(unacknowledged).hasSizeLessThanOrEqualTo(prefetch);
        }

        /** Settles a message and returns the bodies of all that are covered. */
        List<Integer> settle(int message, boolean ack, String... headers) {
            int index = new ArrayList<>(unacknowledged.keySet()).get(message % unacknowledged.size());
            var covered = unacknowledged.subMap(cumulative ? 0 : index, true, index, true);
            var bodies = covered.values().stream().map(Integer::valueOf).toList();
            covered.clear();
            String id = client.wire.frames().get(index).header("ack").orElseThrow();
            if (ack) {
                client.ack(id);
            } else {
                client.nack(id, headers);
            }
            return bodies;
        }
    }

    @Property
    void nothingIsLostAndNothingIsDoubled(@ForAll("steps") List<Step> steps) {
        var broker = new TestBroker(TestBroker.flowLimits(Integer.MAX_VALUE, 1_000, 100, 1 << 20));
        var consumers = new ArrayList<Consumer>();
        for (int i = 0; i < CONSUMERS; i++) {
            consumers.add(new Consumer(broker, i % 2 == 0, i + 1));
        }
        var left = new TreeMap<Integer, Integer>();
        var rejected = new ArrayList<Integer>();
        int published = 0;
        for (Step step : steps) {
            if (step.action() == Action.PUBLISH) {
                broker.publish("/queue/q", String.valueOf(++published));
                left.put(published, published);
            } else {
                act(broker, consumers, step, left, rejected);
            }
            consumers.forEach(Consumer::read);
            assertEachInOnePlace(consumers);
        }
        consumers.forEach(consumer -> consumer.client.die());

        assertThat(broker.client().subscribe("0", "/queue/q").bodies())
                .containsExactlyElementsOf(
                        left.keySet().stream().map(String::valueOf).toList());
        assertThat(broker.client().subscribe("0", DeadLetters.NAME).bodies())
                .containsExactlyElementsOf(
                        rejected.stream().map(String::valueOf).toList());
        assertThat(broker.broker.queues().count()).isEqualTo(2);
    }

    private static void act(
            TestBroker broker,
            List<Consumer> consumers,
            Step step,
            TreeMap<Integer, Integer> left,
            List<Integer> rejected) {
        Consumer consumer = consumers.get(step.consumer());
        boolean settles = step.action().compareTo(Action.REJECT) <= 0;
        if (settles && consumer.unacknowledged.isEmpty()) {
            return;
        }
        switch (step.action()) {
            case ACK -> left.keySet().removeAll(consumer.settle(step.message(), true));
            case NACK -> consumer.settle(step.message(), false);
            case REJECT -> {
                List<Integer> covered = consumer.settle(step.message(), false, "requeue:false");
                left.keySet().removeAll(covered);
                rejected.addAll(covered);
            }
            case UNSUBSCRIBE -> {
                consumer.client.unsubscribe("0");
                consumers.set(step.consumer(), new Consumer(broker, consumer.cumulative, consumer.prefetch));
            }
            case DIE -> {
                consumer.client.die();
                consumers.set(step.consumer(), new Consumer(broker, consumer.cumulative, consumer.prefetch));
            }
            case PUBLISH -> throw new AssertionError();
        }
    }

    private static void assertEachInOnePlace(List<Consumer> consumers) {
        assertThat(consumers.stream().flatMap(c -> c.unacknowledged.values().stream()))
                .doesNotHaveDuplicates();
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.of(
                                Action.PUBLISH,
                                Action.PUBLISH,
                                Action.PUBLISH,
                                Action.ACK,
                                Action.ACK,
                                Action.NACK,
                                Action.REJECT,
                                Action.UNSUBSCRIBE,
                                Action.DIE),
                        Arbitraries.integers().between(0, CONSUMERS - 1),
                        Arbitraries.integers().between(0, 9))
                .as(Step::new)
                .list()
                .ofMaxSize(60);
    }
}
