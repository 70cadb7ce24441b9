package org.stampede.load;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Connections with one subscription each that do nothing but heart-beats, on a server that has done nothing else.
 *
 * @param connections how many
 */
record Idle(int connections) {

    private static final int BEAT_MILLIS = 10_000;
    private static final int BEATS = 2;
    private static final int BODY = 64;
    /** Enough for CONNECTED, and for a message. */
    private static final int ROOM = 1024;
    /** Connected and gone before anything is measured, so that classes are loaded and pools filled. */
    private static final int WARM_UP = 1_000;
    /** So many at a time are on their way when they come side by side. */
    private static final int WIDTH = 32;

    private static final long REST_NANOS = 5_000_000_000L;
    private static final int MOST_ONE_BY_ONE = 1_000;

    void measure(Contender contender, Results results) throws IOException {
        for (ClientSocket socket : open(contender, WARM_UP, WIDTH)) {
            socket.close();
        }
        double atRest = percentDuring(contender, () -> LockSupport.parkNanos(REST_NANOS));
        long heapBefore = Gauge.heapInUse(contender.pid());
        long residentBefore = Gauge.residentOctets(contender.pid());

        int first = Math.min(MOST_ONE_BY_ONE, connections / 10);
        long begin = System.nanoTime();
        var sockets = open(contender, first, 1);
        final double oneByOne = perSecond(first, begin);
        begin = System.nanoTime();
        sockets.addAll(open(contender, connections - first, WIDTH));
        final double sideBySide = perSecond(connections - first, begin);
        try (var crowd = new Crowd(sockets, BODY, Reaction.NONE)) {
            if (contender.dialect().isStomp()) {
                awaitSubscriptions(contender, crowd);
            }
            // The first round is not measured: what was opened in a hurry has been tidied up by then.
            beat(sockets);
            double beating = percentDuring(contender, () -> {
                for (int i = 0; i < BEATS; i++) {
                    beat(sockets);
                }
            });
            double heap = Gauge.heapInUse(contender.pid()) - heapBefore;
            long resident = Gauge.residentOctets(contender.pid());
            crowd.allStay();
            results.note(new Footprint(
                    contender.name(),
                    "idle",
                    crowd.size(),
                    oneByOne,
                    sideBySide,
                    heap / crowd.size(),
                    (double) (resident - residentBefore) / crowd.size(),
                    resident,
                    atRest,
                    beating));
        }
    }

    private static double percentDuring(Contender contender, Gauge.Work work) throws IOException {
        double cpu = Gauge.cpuSeconds(contender.pid());
        long begin = System.nanoTime();
        work.run();
        return 100 * (Gauge.cpuSeconds(contender.pid()) - cpu) / ((System.nanoTime() - begin) / 1e9);
    }

    private static double perSecond(int count, long begin) {
        return count / ((System.nanoTime() - begin) / 1e9);
    }

    /** Opens connections, so many at a time: each is connected and has said what it subscribes to. */
    private static List<ClientSocket> open(Contender contender, int count, int width) throws IOException {
        var greetings = contender.dialect().isStomp()
                ? contender.subscriber(List.of(Contender.TOPIC), "auto", BEAT_MILLIS)
                : contender.subscriber();
        Callable<ClientSocket> opening =
                () -> new ClientSocket(contender.endpoint(), greetings, ROOM, SocketChannel.open());
        var threads = Executors.newFixedThreadPool(width);
        try {
            var openings = new ArrayList<Future<ClientSocket>>();
            for (int i = 0; i < count; i++) {
                openings.add(threads.submit(opening));
            }
            var sockets = new ArrayList<ClientSocket>();
            for (var opened : openings) {
                sockets.add(opened.get());
            }
            return sockets;
        } catch (ExecutionException | InterruptedException e) {
            throw new IOException("Not all connections could be opened.", e);
        } finally {
            threads.shutdownNow();
        }
    }

    /** What the subscriptions are good for: a message reaches all. */
    private static void awaitSubscriptions(Contender contender, Crowd crowd) throws IOException {
        try (var publisher = new ClientSocket(contender.endpoint(), contender.publisher())) {
            for (int i = 0; i < 3; i++) {
                if (new Load(contender, publisher, crowd, BODY).reachesAll()) {
                    return;
                }
            }
        }
        throw new IOException(contender.name() + " does not reach all subscriptions.");
    }

    /** One of each, spread over the time between two. */
    private static void beat(List<ClientSocket> sockets) throws IOException {
        long begin = System.nanoTime();
        for (int i = 0; i < sockets.size(); i++) {
            long due = begin + (long) (BEAT_MILLIS * 1e6 * i / sockets.size());
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(1_000_000);
            }
            sockets.get(i).send("\n");
        }
    }
}
