package org.stampede.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.broker.embedded.TestBroker.accepted;
import static org.stampede.broker.embedded.TestBroker.sendFrame;
import static org.stampede.broker.embedded.TestBroker.subscribeFrame;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.broker.BrokerSession;
import org.stampede.security.Peer;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.StompVersion;
import org.stampede.testing.ManualClock;
import org.stampede.testing.StompItem;
import org.stampede.transport.CloseReason;
import org.stampede.transport.Outbox;
import org.stampede.transport.OutboxLimits;
import org.stampede.transport.Wire;

/** Many threads at once. What is asserted holds for every interleaving. */
@Timeout(120)
final class BrokerStressTest {

    private static final int SENDERS = 4;

    /** A peer that takes frames from other threads; its writes complete on the thread that reads. */
    private static final class Peering implements Wire {

        final LinkedBlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
        final LinkedBlockingQueue<Consumer<Optional<Throwable>>> completions = new LinkedBlockingQueue<>();
        final Outbox outbox =
                new Outbox(this, new OutboxLimits(100_000, Long.MAX_VALUE, Duration.ofHours(1)), new ManualClock());
        final BrokerSession session;
        private final boolean atOnce;

        Peering(EmbeddedBroker broker, boolean atOnce) {
            this.atOnce = atOnce;
            this.session = broker.open(new Peer("s", Optional.empty()), StompVersion.V1_2, outbox);
        }

        @Override
        public void write(List<Frame> written, StompVersion version, Consumer<Optional<Throwable>> done) {
            frames.addAll(written);
            if (atOnce) {
                done.accept(Optional.empty());
            } else {
                completions.add(done);
            }
        }

        @Override
        public void close(CloseReason reason) {
            // Nobody is there.
        }

        Optional<Frame> next() throws InterruptedException {
            Optional<Frame> frame = Optional.ofNullable(frames.poll(1, TimeUnit.MILLISECONDS));
            for (var done = completions.poll(); done != null; done = completions.poll()) {
                done.accept(Optional.empty());
            }
            return frame;
        }
    }

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final EmbeddedBroker broker = new EmbeddedBroker(
            new EmbeddedBrokerLimits(
                    10,
                    1_000_000,
                    Long.MAX_VALUE,
                    Long.MAX_VALUE,
                    EmbeddedBrokerLimits.ALL,
                    Duration.ZERO,
                    Integer.MAX_VALUE,
                    20,
                    10,
                    10_000,
                    1_000_000,
                    1 << 30,
                    8),
            InstantSource.system());

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private List<Future<Void>> start(int count, Callable<Void> task) {
        return IntStream.range(0, count).mapToObj(i -> threads.submit(task)).toList();
    }

    private static void join(List<Future<Void>> tasks) throws InterruptedException, ExecutionException {
        for (Future<Void> task : tasks) {
            task.get();
        }
    }

    /** Each of the senders has a number and sends {@code sender-1}, {@code sender-2} and so on. */
    private List<Future<Void>> startSenders(String destination, int messages) {
        var senders = new AtomicInteger();
        return start(SENDERS, () -> {
            int sender = senders.getAndIncrement();
            for (int i = 1; i <= messages; i++) {
                accepted(broker.publish(sendFrame(destination, sender + "-" + i)));
            }
            return null;
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "client-individual"})
    @StompItem({54, 55, 56})
    void everyMessageIsAcknowledgedExactlyOnceThoughConsumersDieAllTheTime(String ackMode) throws Exception {
        int messages = 1_500;
        var acknowledged = new ConcurrentHashMap<String, Integer>();
        var seeds = new AtomicInteger();
        var consumers = start(4, () -> {
            var random = new Random(seeds.getAndIncrement());
            while (acknowledged.size() < SENDERS * messages) {
                consumeAndDie(ackMode, random, acknowledged);
            }
            return null;
        });
        join(startSenders("/queue/q", messages));
        join(consumers);

        assertThat(acknowledged).hasSize(SENDERS * messages);
        assertThat(acknowledged.values()).containsOnly(1);
        assertThat(broker.queues().count()).isEqualTo(1);
    }

    private void consumeAndDie(String ackMode, Random random, Map<String, Integer> acknowledged)
            throws InterruptedException {
        var peer = new Peering(broker, random.nextBoolean());
        accepted(peer.session.accept(subscribeFrame("0", "/queue/q", "ack:" + ackMode, "prefetch-count:7")));
        peer.session.start("0");
        var newest = new HashMap<String, Integer>();
        var unacknowledged = new ArrayList<Frame>();
        for (int left = random.nextInt(300); left > 0; left--) {
            Optional<Frame> next = peer.next();
            if (next.isEmpty()) {
                break;
            }
            if (!next.get().headers().contains("redelivered")) {
                assertInOrder(next.get().bodyText(), newest);
            }
            unacknowledged.add(next.get());
            act(peer, ackMode, random, unacknowledged, acknowledged);
        }
        if (random.nextBoolean()) {
            peer.outbox.abandon();
        }
        peer.session.close();
    }

    private static void act(
            Peering peer,
            String ackMode,
            Random random,
            List<Frame> unacknowledged,
            Map<String, Integer> acknowledged) {
        if (unacknowledged.size() < 7 && random.nextInt(3) > 0) {
            return;
        }
        boolean ack = random.nextInt(5) > 0;
        boolean cumulative = ackMode.equals("client");
        List<Frame> covered = new ArrayList<>(cumulative ? unacknowledged : List.of(unacknowledged.get(0)));
        String id = covered.get(covered.size() - 1).header("ack").orElseThrow();
        accepted(peer.session.accept(Frame.of(ack ? Command.ACK : Command.NACK, "id", id)));
        if (ack) {
            covered.forEach(frame -> acknowledged.merge(frame.bodyText(), 1, Integer::sum));
        }
        unacknowledged.removeAll(covered);
    }

    private static void assertInOrder(String body, Map<String, Integer> newest) {
        String[] parts = body.split("-");
        int number = Integer.parseInt(parts[1]);
        Integer before = newest.put(parts[0], number);
        assertThat(number).isGreaterThan(before == null ? 0 : before);
    }

    @Test
    @StompItem(53)
    void withoutAcknowledgementsEveryMessageIsWrittenToOneConsumerInOrder() throws Exception {
        int messages = 5_000;
        var seen = ConcurrentHashMap.<String>newKeySet();
        var count = new AtomicInteger();
        var atOnce = new AtomicInteger();
        var consumers = start(3, () -> {
            var peer = new Peering(broker, atOnce.getAndIncrement() == 0);
            accepted(peer.session.accept(subscribeFrame("0", "/queue/q")));
            peer.session.start("0");
            var newest = new HashMap<String, Integer>();
            while (count.get() < SENDERS * messages) {
                peer.next().ifPresent(frame -> {
                    assertInOrder(frame.bodyText(), newest);
                    seen.add(frame.bodyText());
                    count.incrementAndGet();
                });
            }
            return null;
        });
        join(startSenders("/queue/q", messages));
        join(consumers);

        assertThat(count).hasValue(SENDERS * messages);
        assertThat(seen).hasSize(SENDERS * messages);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "client"})
    void everySubscriberOfATopicSeesEachSenderInOrderAndWithoutGaps(String ackMode) throws Exception {
        int messages = 3_000;
        var early = new ArrayList<Peering>();
        for (int i = 0; i < 10; i++) {
            early.add(subscribe("0", i % 2 == 0 ? "/topic/t" : "/**", "ack:" + ackMode));
        }
        var senders = startSenders("/topic/t", messages);
        early.forEach(peer -> peer.session.start("0"));
        var late = new ArrayList<Peering>();
        for (int i = 0; i < 10; i++) {
            var peer = subscribe("0", "/topic/t", "ack:" + ackMode);
            late.add(peer);
            peer.session.start("0");
        }
        join(senders);

        assertThat(early).allMatch(peer -> peer.frames.size() == SENDERS * messages);
        early.addAll(late);
        for (Peering peer : early) {
            var newest = new HashMap<String, Integer>();
            for (Frame frame : peer.frames) {
                String[] parts = frame.bodyText().split("-");
                int number = Integer.parseInt(parts[1]);
                Integer before = newest.put(parts[0], number);
                assertThat(before == null ? number : before + 1).isEqualTo(number);
            }
            assertThat(newest.values()).allMatch(last -> last == messages);
        }
    }

    @Test
    @StompItem(54)
    void numberedMessagesDoNotOvertakeEachOtherSinceAnAckIsCumulative() throws Exception {
        var peer = subscribe("0", "/topic/t", "ack:client");
        peer.session.start("0");
        join(startSenders("/topic/t", 20_000));

        assertThat(peer.frames.stream()
                        .map(frame -> frame.header("ack").orElseThrow())
                        .map(ack -> Integer.valueOf(ack.substring(ack.lastIndexOf('-') + 1)))
                        .toList())
                .isSorted()
                .hasSize(SENDERS * 20_000);
    }

    private Peering subscribe(String id, String destination, String... headers) {
        var peer = new Peering(broker, true);
        accepted(peer.session.accept(subscribeFrame(id, destination, headers)));
        return peer;
    }

    @Test
    @StompItem(52)
    void noMessageFollowsTheReceiptOfAnUnsubscribe() throws Exception {
        var senders = new ArrayList<>(startSenders("/topic/t", 3_000));
        senders.addAll(startSenders("/queue/q", 3_000));
        var peer = new Peering(broker, true);
        int round = 0;
        while (!senders.stream().allMatch(Future::isDone)) {
            String destination = round % 2 == 0 ? "/topic/t" : "/queue/q";
            String id = String.valueOf(round++);
            accepted(peer.session.accept(subscribeFrame(id, destination)));
            peer.session.start(id);
            peer.session
                    .accept(Frame.of(Command.UNSUBSCRIBE, "id", id))
                    .thenRun(() -> peer.outbox.offer(Frame.of(Command.RECEIPT, "receipt-id", id)))
                    .toCompletableFuture()
                    .join();
        }
        join(senders);

        int receipts = 0;
        for (Frame frame : peer.frames) {
            if (frame.command() == Command.RECEIPT) {
                assertThat(frame.header("receipt-id")).contains(String.valueOf(receipts++));
            } else {
                assertThat(frame.header("subscription")).contains(String.valueOf(receipts));
            }
        }
        assertThat(receipts).isEqualTo(round);
    }

    @Test
    @StompItem(63)
    void theMessagesOfATransactionStayTogether() throws Exception {
        int transactions = 1_000;
        var senders = new AtomicInteger();
        var tasks = start(SENDERS, () -> {
            int sender = senders.getAndIncrement();
            var session = new Peering(broker, true).session;
            for (int i = 0; i < transactions; i++) {
                String body = sender + "-" + i;
                var frame = sendFrame("/queue/q", body);
                accepted(session.commit(List.of(frame, frame, frame)));
            }
            return null;
        });
        var peer = new Peering(broker, false);
        accepted(peer.session.accept(subscribeFrame("0", "/queue/q")));
        peer.session.start("0");
        for (int i = 0; i < SENDERS * transactions; i++) {
            String first = await(peer);
            assertThat(await(peer)).isEqualTo(first);
            assertThat(await(peer)).isEqualTo(first);
        }
        join(tasks);
    }

    @Test
    @StompItem(72)
    void sendersThatGoOnWhenTheyMayAreNeverRefusedAndNobodyIsForgotten() throws Exception {
        int messages = 5_000;
        var narrow = new EmbeddedBroker(
                TestBroker.holdLimits(10, 4 * SENDERS, 1 << 20, 1 << 20, Duration.ofHours(1)), InstantSource.system());
        var senders = start(SENDERS, () -> {
            var session = new Peering(narrow, true).session;
            for (int i = 0; i < messages; i++) {
                accepted(session.accept(sendFrame("/queue/q", "x")));
            }
            return null;
        });
        var consumers = new AtomicInteger();
        var left = new AtomicInteger(SENDERS * messages);
        join(start(2, () -> {
            var peer = new Peering(narrow, consumers.getAndIncrement() == 0);
            accepted(peer.session.accept(subscribeFrame("0", "/queue/q", "ack:client-individual")));
            peer.session.start("0");
            while (left.get() > 0) {
                for (Optional<Frame> next = peer.next(); next.isPresent(); next = peer.next()) {
                    String id = next.get().header("ack").orElseThrow();
                    accepted(peer.session.accept(Frame.of(Command.ACK, "id", id)));
                    left.decrementAndGet();
                }
            }
            return null;
        }));
        join(senders);
    }

    private static String await(Peering peer) throws InterruptedException {
        while (true) {
            Optional<Frame> next = peer.next();
            if (next.isPresent()) {
                return next.get().bodyText();
            }
        }
    }
}
