package org.stampede.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Subscribers of quotes, first all of them fast, then with one more who reads one percent of what they do, under each of the
 * policies.
 *
 * @param subscribers how many are fast
 * @param quotes      how many a second, of all tickers together
 */
record Slow(int subscribers, int quotes) {

    private static final double SHARE = 0.01;
    private static final int TICKERS = 200;
    private static final int BODY = 1024;
    private static final long SECOND = 1_000_000_000L;

    private enum Policy {
        NONE("/topic/kept/"),
        CONFLATE(LoadDesk.CONFLATED),
        DROP_OLDEST(LoadDesk.DROPPED),
        DISCONNECT("/topic/kept/");

        private final String place;

        Policy(String place) {
            this.place = place;
        }

        private String title() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    void measure(Contender contender, long warmUp, long nanos, Results results) throws IOException {
        try (var desk = new Desk(contender)) {
            run(contender, Policy.NONE, warmUp, desk, point -> {});
            for (Policy policy : Policy.values()) {
                run(contender, policy, nanos, desk, results::note);
            }
        }
    }

    /** Who is told of each second. */
    private interface Notes {
        void note(SlowPoint point) throws IOException;
    }

    private void run(Contender contender, Policy policy, long nanos, Desk desk, Notes notes) throws IOException {
        var topics = IntStream.range(0, TICKERS)
                .mapToObj(ticker -> policy.place + ticker)
                .toList();
        String all = policy.place + "*";
        var sockets = new ArrayList<ClientSocket>();
        for (int i = 0; i < subscribers; i++) {
            sockets.add(new ClientSocket(contender.endpoint(), contender.subscriber(List.of(all), "auto", 0)));
        }
        try (var crowd = new Crowd(sockets, BODY, Reaction.NONE);
                var publisher = new ClientSocket(contender.endpoint(), contender.publisher());
                var heap = new HeapWatch(contender.pid())) {
            var load = new Load(contender, publisher, crowd, BODY, topics, subscribers);
            var watch = new Watch(contender, policy, crowd, heap, desk);
            if (policy == Policy.NONE) {
                watch.follow(load, quotes, () -> SlowReader.Reading.NONE, nanos, notes);
            } else {
                try (var slow = new SlowReader(contender, all, crowd, SHARE, BODY)) {
                    watch.follow(load, quotes, slow::reading, nanos, notes);
                }
            }
        }
    }

    /** Looks on, once a second. */
    private record Watch(Contender contender, Policy policy, Crowd crowd, HeapWatch heap, Desk desk) {

        void follow(Load load, int quotes, Supplier<SlowReader.Reading> slow, long nanos, Notes notes)
                throws IOException {
            final long leftOut = desk.ask("/queue/left-out");
            crowd.latencies();
            heap.leastUsed();
            long begin = System.nanoTime();
            var publishing = CompletableFuture.runAsync(() -> keepPace(load, quotes, nanos));
            long received = crowd.received();
            for (int second = 1; second * SECOND <= nanos; second++) {
                LockSupport.parkNanos(begin + second * SECOND - System.nanoTime());
                long now = crowd.received();
                notes.note(point(second, slow.get(), desk.ask("/queue/left-out") - leftOut, now - received));
                received = now;
            }
            publishing.join();
        }

        private static void keepPace(Load load, int quotes, long nanos) {
            try {
                load.keepPace(quotes, nanos);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private SlowPoint point(int second, SlowReader.Reading slow, long leftOut, long deliveries) {
            var latencies = crowd.latencies();
            return new SlowPoint(
                    contender.name(),
                    "slow",
                    policy.title(),
                    second,
                    slow.oldest() < 0 ? -1 : slow.oldest() / 1e6,
                    slow.messages(),
                    slow.connected(),
                    leftOut,
                    heap.used(),
                    heap.leastUsed(),
                    deliveries,
                    latencies.getValueAtPercentile(50),
                    latencies.getValueAtPercentile(99));
        }
    }
}
