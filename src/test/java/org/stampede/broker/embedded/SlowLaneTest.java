package org.stampede.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.stampede.broker.embedded.SlowSubscriptions.Policy;
import org.stampede.destination.DestinationPattern;
import org.stampede.security.Peer;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.testing.ManualExecutor;
import org.stampede.transport.Inbox;
import org.stampede.transport.InboxLimits;

/** What a client misses that reads more slowly than messages of topics come. */
class SlowLaneTest {

    /** Chooses by the first part behind {@code /topic/}, and notes what it is told. */
    private static final class Recorded implements SlowSubscriptions {

        final List<String> episodes = new ArrayList<>();
        int conflated;
        int dropped;

        @Override
        public Policy policyOf(DestinationPattern pattern) {
            return pattern.text().startsWith("/topic/price.")
                    ? Policy.CONFLATE
                    : pattern.text().startsWith("/topic/news") ? Policy.DROP_OLDEST : Policy.DISCONNECT;
        }

        @Override
        public void leftOut(Policy policy) {
            conflated += policy == Policy.CONFLATE ? 1 : 0;
            dropped += policy == Policy.DROP_OLDEST ? 1 : 0;
        }

        @Override
        public void episode(Peer peer, DestinationPattern pattern, Policy policy, long leftOut) {
            episodes.add(peer.sessionId() + " " + pattern.text() + " " + policy + " " + leftOut);
        }
    }

    private final Recorded slow = new Recorded();
    private final TestBroker broker = new TestBroker(TestBroker.subscriptionLimits(40, 20_000, 32), slow);
    private final TestBroker.Client client = broker.client(60);

    /** Fills what may be on its way to the client, which has stopped reading. */
    private void stall(String destination) {
        client.wire.hold();
        publish(destination, 0, SlowLane.WINDOW);
    }

    private void publish(String destination, int from, int count) {
        IntStream.range(from, from + count).forEach(i -> broker.publish(destination, String.valueOf(i)));
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(String::valueOf).toList();
    }

    /** The client reads all that waits. */
    private List<String> read() {
        while (client.wire.completeOne()) {
            continue;
        }
        return client.bodies();
    }

    @Test
    void whoKeepsUpMissesNothing() {
        client.subscribe("0", "/topic/price.*");
        publish("/topic/price.a", 0, 1000);
        assertThat(client.bodies()).isEqualTo(numbers(0, 1000));
        assertThat(slow.conflated).isZero();
        client.wire.skipAll();
    }

    @Test
    void whoKeepsUpMissesNothingOfWhatIsSaidInOneGo() {
        client.subscribe("0", "/topic/price.*");
        var executor = new ManualExecutor();
        var inbox = new Inbox(executor, new InboxLimits(10, 10_000), failure -> {
            throw failure;
        });
        inbox.execute(() -> publish("/topic/price.a", 0, 100));
        executor.runAll();
        assertThat(client.bodies()).isEqualTo(numbers(0, 100));
        assertThat(slow.conflated).isZero();
        client.wire.skipAll();
    }

    @Test
    void manySubscriptionsTogetherAreNoOverflowEither() {
        IntStream.range(0, 50).forEach(i -> client.subscribe("s" + i, "/topic/price.t" + i));
        client.wire.hold();
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 50; i++) {
                broker.publish("/topic/price.t" + i, i + "." + round);
            }
        }
        assertThat(client.outbox.isClosed()).isFalse();
        assertThat(read())
                .hasSizeBetween(50, 50 + 60)
                .containsAll(IntStream.range(0, 50).mapToObj(i -> i + ".19").toList());
        publish("/topic/price.t7", 100, 1);
        assertThat(read()).as("all room has been given back").containsExactly("100");
    }

    @Test
    void anUnsubscribeGivesItsRoomBack() {
        for (int round = 0; round < 10; round++) {
            client.subscribe("0", "/topic/price.a");
            stall("/topic/price.a");
            publish("/topic/price.a", 0, 20);
            client.unsubscribe("0");
            read();
        }
        client.subscribe("0", "/topic/price.a");
        client.wire.hold();
        publish("/topic/price.a", 0, SlowLane.WINDOW);
        assertThat(read()).isEqualTo(numbers(0, SlowLane.WINDOW));
    }

    @Test
    void theOldestOfThoseHeldForTheStartAreLeftOut() {
        TestBroker.accepted(client.session.accept(TestBroker.subscribeFrame("0", "/topic/price.*")));
        publish("/topic/price.a", 0, 100);
        assertThat(client.outbox.isClosed()).isFalse();
        client.session.start("0");
        assertThat(client.bodies()).endsWith("99").hasSizeBetween(30, 40);
        assertThat(slow.dropped).isBetween(60, 70);
        client.wire.skipAll();
    }

    @Test
    void aShortBurstIsNotConflated() {
        client.subscribe("0", "/topic/price.*");
        stall("/topic/price.a");
        assertThat(read()).isEqualTo(numbers(0, SlowLane.WINDOW));
        assertThat(slow.conflated).isZero();
    }

    @Test
    void onlyTheNewestOfEachDestinationWaitsUnderConflation() {
        client.subscribe("0", "/topic/price.*");
        stall("/topic/price.a");
        broker.publish("/topic/price.a", "a1");
        broker.publish("/topic/price.b", "b1");
        broker.publish("/topic/price.a", "a2");
        broker.publish("/topic/price.c", "c1");
        broker.publish("/topic/price.b", "b2");
        broker.publish("/topic/price.a", "a3");
        assertThat(read().subList(SlowLane.WINDOW, SlowLane.WINDOW + 3)).containsExactly("a3", "b2", "c1");
        assertThat(slow.conflated).isEqualTo(3);
        assertThat(slow.dropped).isZero();
    }

    @Test
    void aDestinationThatNeverRestsDoesNotKeepOthersWaiting() {
        client.subscribe("0", "/topic/price.*");
        stall("/topic/price.a");
        broker.publish("/topic/price.rare", "rare");
        for (int i = 0; i < 3 * SlowLane.WINDOW; i++) {
            publish("/topic/price.busy", i, 5);
            client.wire.completeOne();
        }
        assertThat(client.bodies()).contains("rare");
        read();
    }

    @Test
    void memoryStaysFlatHoweverMuchComes() {
        client.subscribe("0", "/topic/price.*");
        stall("/topic/price.a");
        publish("/topic/price.a", 0, 10_000);
        assertThat(client.outbox.isClosed()).isFalse();
        assertThat(read()).hasSize(SlowLane.WINDOW + 1).endsWith("9999");
        assertThat(slow.conflated).isEqualTo(9_999);
    }

    @Test
    void tooManyDestinationsMakeTheOldestGoUnderConflationToo() {
        client.subscribe("0", "/topic/price.*");
        stall("/topic/price.a");
        IntStream.range(0, 50).forEach(i -> broker.publish("/topic/price.t" + i, "t" + i));
        List<String> read = read();
        assertThat(read).hasSize(SlowLane.WINDOW + 40);
        assertThat(read.subList(SlowLane.WINDOW, read.size())).startsWith("t10").endsWith("t49");
        assertThat(slow.dropped).isEqualTo(10);
        assertThat(slow.conflated).isZero();
    }

    @Test
    void theOldestAreDroppedAndTheRestStaysInOrder() {
        client.subscribe("0", "/topic/news");
        stall("/topic/news");
        publish("/topic/news", SlowLane.WINDOW, 100);
        var kept = new ArrayList<>(numbers(0, SlowLane.WINDOW));
        kept.addAll(numbers(SlowLane.WINDOW + 60, SlowLane.WINDOW + 100));
        assertThat(read()).isEqualTo(kept);
        assertThat(slow.dropped).isEqualTo(60);
    }

    @Test
    void octetsAreBoundedAsWellAsMessages() {
        client.subscribe("0", "/topic/news");
        String large = "x".repeat(9_000);
        client.wire.hold();
        IntStream.range(0, 30).forEach(i -> broker.publish("/topic/news", large + i));
        List<String> read = read();
        assertThat(read).last().isEqualTo(large + 29);
        // Three units each: six are on their way, and two fit into what waits.
        assertThat(read).hasSize(8);
    }

    @Test
    void withoutAPolicyNothingIsLeftOutAndWhoIsTooSlowGoes() {
        client.subscribe("0", "/topic/chat");
        client.wire.hold();
        publish("/topic/chat", 0, 61);
        assertThat(client.outbox.isClosed()).isFalse();
        publish("/topic/chat", 61, 1);
        assertThat(client.outbox.isClosed()).isTrue();
    }

    @Test
    void messagesThatAreAcknowledgedAreNotLeftOut() {
        client.subscribe("0", "/topic/price.a", "ack:client");
        client.wire.hold();
        publish("/topic/price.a", 0, 50);
        assertThat(read()).isEqualTo(numbers(0, 50));
    }

    @Test
    void anEpisodeIsToldOnceAndANewOneAfterTenQuietSeconds() {
        client.subscribe("0", "/topic/price.*");
        stall("/topic/price.a");
        publish("/topic/price.a", 0, 100);
        assertThat(slow.episodes).containsExactly("s /topic/price.* CONFLATE 1");
        broker.advance(Duration.ofSeconds(9));
        publish("/topic/price.a", 0, 1);
        broker.advance(Duration.ofSeconds(9));
        publish("/topic/price.a", 0, 1);
        assertThat(slow.episodes).hasSize(1);
        broker.advance(Duration.ofSeconds(10));
        publish("/topic/price.a", 0, 1);
        assertThat(slow.episodes).containsExactly("s /topic/price.* CONFLATE 1", "s /topic/price.* CONFLATE 102");
        read();
    }

    @Test
    void whatHasExpiredWhileItWaitedIsNotSent() {
        client.subscribe("0", "/topic/news");
        stall("/topic/news");
        long soon = broker.millis() + 1_000;
        broker.publish("/topic/news", "late", "expires:" + soon);
        broker.publish("/topic/news", "lasting");
        broker.advance(Duration.ofSeconds(2));
        assertThat(read()).doesNotContain("late").endsWith("lasting");
    }

    @Test
    void nothingFollowsAnUnsubscribe() {
        client.subscribe("0", "/topic/news");
        stall("/topic/news");
        publish("/topic/news", SlowLane.WINDOW, 20);
        client.unsubscribe("0");
        client.outbox.offer(Frame.of(Command.RECEIPT, "receipt-id", "1"));
        read();
        assertThat(client.wire.frames()).last().matches(frame -> frame.command() == Command.RECEIPT);
        assertThat(client.wire.frames()).hasSize(SlowLane.WINDOW + 1);
    }
}
