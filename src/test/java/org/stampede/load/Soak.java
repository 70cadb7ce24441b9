package org.stampede.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A flood that the server cannot serve: clients send as fast as they are let to a topic, to a queue and to a handler, and
 * each of these is slower. In between a witness speaks and listens. Confined to one thread.
 */
public final class Soak implements AutoCloseable {

    private static final long SECOND = 1_000_000_000L;
    private static final int BODY = 1024;
    private static final int WITNESS_BODY = 64;
    private static final double WITNESS_PER_SECOND = 20;
    private static final String TOPIC = LoadDesk.DROPPED + "soak";
    private static final String QUEUE = "/queue/soak";
    private static final String WITNESS = "/topic/witness";
    private static final double CONSUMED_PER_SECOND = 300;
    /** Nothing has come for so long: nothing will. */
    private static final Duration STILL = Duration.ofSeconds(15);
    /** What waits may differ by so much from one moment to another. */
    private static final long SLACK = 16L << 20;

    private static final double GROWTH = 1.25;

    private final Contender contender;
    private final HeapWatch heap;
    private final Ledger topic = new Ledger();
    private final Ledger queue = new Ledger();
    private final Ledger work = new Ledger();
    private final List<SlowConsumer> consumers = new ArrayList<>();
    private final SlowConsumer audience;
    private final List<Flooder> flooders = new ArrayList<>();
    private final Crowd listener;
    private final ClientSocket speaker;
    private final List<Long> live = new ArrayList<>();
    private long worst;
    private int silentSeconds;

    /** Who is told of each second. */
    @FunctionalInterface
    interface Notes {
        void note(SoakPoint point) throws IOException;
    }

    /**
     * How it ended.
     *
     * @param queue         what was sent to the queue
     * @param work          what was sent to the handler; what arrived there is not known by number
     * @param worked        how many of it were handled
     * @param dismissed     how many consumers were disconnected; what was on its way to them may arrive twice
     * @param topicSent     how many were sent to the topic
     * @param refusals      how many connections of the flood were ended by the server
     * @param lastRefusal   what it said the last time
     * @param said          how often the witness spoke
     * @param heard         how often it was heard
     * @param silentSeconds in how many seconds it was not heard at all
     * @param worstMillis   how late the latest of its messages was
     * @param earlyHeap     objects in use, after a full collection, when half of the time was over
     * @param lateHeap      the same at its end
     */
    public record Verdict(
            Ledger.Account queue,
            Ledger.Account work,
            long worked,
            long dismissed,
            long topicSent,
            int refusals,
            String lastRefusal,
            long said,
            long heard,
            int silentSeconds,
            long worstMillis,
            long earlyHeap,
            long lateHeap) {

        /** Whether the heap has not grown in the second half. */
        public boolean isFlat() {
            return lateHeap <= GROWTH * earlyHeap + SLACK;
        }

        /** Whether each RECEIPT stands for a message that has arrived, once, and nothing came of nothing. */
        public boolean isHonest() {
            return queue.lost() == 0
                    && queue.twice() + queue.invented() + work.twice() + work.invented() == 0
                    && worked >= work.confirmed()
                    && worked <= work.sent();
        }
    }

    /** Prepares a soak of a server with the {@linkplain TestedServer#exportApplication application} of the load bench. */
    public static Soak of(long pid, URI endpoint) throws IOException {
        return new Soak(new Contender("Stampede", pid, endpoint, Dialect.STAMPEDE));
    }

    Soak(Contender contender) throws IOException {
        this.contender = contender;
        heap = new HeapWatch(contender.pid());
        listener = new Crowd(
                List.of(new ClientSocket(contender.endpoint(), contender.subscriber(List.of(WITNESS), "auto", 0))),
                WITNESS_BODY,
                Reaction.NONE);
        speaker = new ClientSocket(contender.endpoint(), contender.publisher());
        for (String ack : Queue.MODES) {
            consumers.add(new SlowConsumer(contender, QUEUE, ack, CONSUMED_PER_SECOND, queue));
        }
        audience = new SlowConsumer(contender, TOPIC, "auto", CONSUMED_PER_SECOND, topic);
    }

    /** Soaks for so long, and settles the accounts. */
    public Verdict run(Duration time) throws IOException {
        return run(time, point -> {});
    }

    Verdict run(Duration time, Notes notes) throws IOException {
        flooders.add(new Flooder(contender, TOPIC, BODY, topic));
        flooders.add(new Flooder(contender, QUEUE, BODY, queue));
        flooders.add(new Flooder(contender, QUEUE, BODY, queue));
        flooders.add(new Flooder(contender, "/queue/work", BODY, work));
        var words = new Load(contender, speaker, listener, WITNESS_BODY, List.of(WITNESS), 1);
        var speaking = CompletableFuture.runAsync(() -> speak(words, time));
        follow(time, notes);
        speaking.join();
        flooders.forEach(Flooder::stop);
        consumers.forEach(SlowConsumer::hurry);
        audience.hurry();
        settle(() ->
                outstanding(queue) + outstanding(work) == 0 && queue.account().lost() == 0);
        words.settle();
        return new Verdict(
                queue.account(),
                work.account(),
                worked(),
                consumers.stream().filter(consumer -> !consumer.isConnected()).count(),
                topic.account().sent(),
                refusals(),
                lastRefusal(),
                words.sent(),
                listener.received(),
                silentSeconds,
                worst / 1_000,
                live.get(1),
                live.get(3));
    }

    /** Asked by a new client: one that was silent for so long, and does not answer pings meanwhile, would have been sent away. */
    private long worked() throws IOException {
        try (var desk = new Desk(contender)) {
            return desk.ask("/queue/worked");
        }
    }

    private static void speak(Load words, Duration time) {
        try {
            words.keepPace(WITNESS_PER_SECOND, time.toNanos());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void follow(Duration time, Notes notes) throws IOException {
        long begin = System.nanoTime();
        Sums sums = sums();
        for (int second = 1; second <= time.toSeconds(); second++) {
            LockSupport.parkNanos(begin + second * SECOND - System.nanoTime());
            Sums now = sums();
            boolean quarter = second * 4 / time.toSeconds() > (second - 1) * 4 / time.toSeconds();
            if (quarter) {
                live.add(Gauge.heapInUse(contender.pid()));
            }
            notes.note(point(second, sums, now, quarter ? live.get(live.size() - 1) : -1));
            sums = now;
        }
    }

    /** What has come together since the beginning. */
    private record Sums(long topic, Ledger.Account queue, long consumed, long work, long heard) {}

    private Sums sums() {
        return new Sums(
                topic.account().sent(),
                queue.account(),
                consumers.stream().mapToLong(SlowConsumer::consumed).sum(),
                work.account().confirmed(),
                listener.received());
    }

    private SoakPoint point(int second, Sums before, Sums now, long liveHeap) throws IOException {
        var latencies = listener.latencies();
        long heard = now.heard - before.heard;
        worst = Math.max(worst, latencies.getMaxValue());
        silentSeconds += heard == 0 ? 1 : 0;
        return new SoakPoint(
                contender.name(),
                "soak",
                second,
                heap.used(),
                heap.leastUsed(),
                liveHeap,
                Gauge.residentOctets(contender.pid()),
                now.topic - before.topic,
                now.queue.sent() - before.queue.sent(),
                now.consumed - before.consumed,
                now.work - before.work,
                outstanding(queue),
                refusals(),
                heard,
                latencies.getValueAtPercentile(50),
                latencies.getValueAtPercentile(99),
                latencies.getMaxValue());
    }

    private int outstanding(Ledger ledger) {
        return flooders.stream()
                .filter(flooder -> flooder.floods(ledger))
                .mapToInt(Flooder::outstanding)
                .sum();
    }

    private String lastRefusal() {
        return flooders.stream()
                .map(Flooder::lastRefusal)
                .filter(why -> !why.isEmpty())
                .findFirst()
                .orElse("");
    }

    private int refusals() {
        return flooders.stream().mapToInt(Flooder::refusals).sum();
    }

    /** Waits until it is so, or until nothing has moved for a while: what is missing then is missing. */
    private void settle(BooleanSupplier done) {
        Sums before = sums();
        long since = System.nanoTime();
        while (!done.getAsBoolean() && System.nanoTime() - since < STILL.toNanos()) {
            LockSupport.parkNanos(SECOND / 10);
            Sums now = sums();
            if (!now.equals(before)) {
                before = now;
                since = System.nanoTime();
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Flooder flooder : flooders) {
            flooder.close();
        }
        for (SlowConsumer consumer : consumers) {
            consumer.close();
        }
        audience.close();
        listener.close();
        speaker.close();
        heap.close();
    }
}
