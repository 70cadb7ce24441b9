package org.stampede.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.testing.Awaited.done;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stampede.broker.embedded.SlowSubscriptions.Policy;
import org.stampede.destination.DestinationPattern;
import org.stampede.security.Peer;

/** Many threads publish what one client reads slowly, on a thread of its own. */
class SlowLaneThreadsTest {

    private static final int PUBLISHERS = 4;
    private static final int MESSAGES = 20_000;

    /** Whatever it is, only the newest counts. */
    private static final class Conflated implements SlowSubscriptions {

        @Override
        public Policy policyOf(DestinationPattern pattern) {
            return Policy.CONFLATE;
        }

        @Override
        public void leftOut(Policy policy) {}

        @Override
        public void episode(Peer peer, DestinationPattern pattern, Policy policy, long leftOut) {}
    }

    private final TestBroker broker = new TestBroker(EmbeddedBrokerLimits.DEFAULTS, new Conflated());
    private final TestBroker.Client client = broker.client(1_000);
    private final ExecutorService threads = Executors.newFixedThreadPool(PUBLISHERS + 1);

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void theNewestOfEachDestinationArrivesAndNothingIsOutOfOrder() throws Exception {
        client.subscribe("0", "/topic/price.*");
        client.wire.hold();
        var reading = new AtomicBoolean(true);
        var reader = CompletableFuture.runAsync(
                () -> {
                    while (reading.get()) {
                        client.wire.completeOne();
                    }
                },
                threads);
        var publishers = IntStream.range(0, PUBLISHERS)
                .mapToObj(i -> CompletableFuture.runAsync(() -> publishAll("/topic/price." + i), threads))
                .toArray(CompletableFuture[]::new);
        done(CompletableFuture.allOf(publishers));
        reading.set(false);
        done(reader);
        while (client.wire.completeOne()) {
            continue;
        }
        for (int i = 0; i < PUBLISHERS; i++) {
            List<Integer> read = bodiesOf("/topic/price." + i);
            assertThat(read).isSorted().doesNotHaveDuplicates().endsWith(MESSAGES - 1);
        }
    }

    private void publishAll(String destination) {
        for (int i = 0; i < MESSAGES; i++) {
            broker.publish(destination, String.valueOf(i));
        }
    }

    private List<Integer> bodiesOf(String destination) {
        var bodies = new ArrayList<Integer>();
        client.wire.frames().stream()
                .filter(frame -> frame.header("destination").orElseThrow().equals(destination))
                .forEach(frame -> bodies.add(Integer.valueOf(frame.bodyText())));
        return bodies;
    }
}
