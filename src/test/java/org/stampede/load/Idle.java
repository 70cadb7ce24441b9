package org.stampede.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Connections with one subscription each that do nothing but heart-beats.
 *
 * @param connections how many
 */
record Idle(int connections) implements Experiment {

    private static final int BEAT_MILLIS = 10_000;
    private static final int BEATS = 3;
    /** Enough for CONNECTED. */
    private static final int ROOM = 1024;
    /** Connected and gone before anything is measured, so that classes are loaded and pools filled. */
    private static final int WARM_UP = 200;

    @Override
    public void measure(Contender contender, Results results) throws IOException {
        for (ClientSocket socket : open(contender, WARM_UP)) {
            socket.close();
        }
        LockSupport.parkNanos(1_000_000_000L);
        long before = Gauge.heapInUse(contender.pid());
        long begin = System.nanoTime();
        var sockets = open(contender, connections);
        double perSecond = connections / ((System.nanoTime() - begin) / 1e9);
        try (var crowd = new Crowd(sockets, 1, Reaction.NONE)) {
            beat(sockets);
            double cpu = Gauge.cpuSeconds(contender.pid());
            begin = System.nanoTime();
            for (int i = 0; i < BEATS; i++) {
                beat(sockets);
            }
            double percent = 100 * (Gauge.cpuSeconds(contender.pid()) - cpu) / ((System.nanoTime() - begin) / 1e9);
            double heap = (double) (Gauge.heapInUse(contender.pid()) - before) / crowd.size();
            results.note(new Footprint(contender.name(), crowd.size(), perSecond, heap, percent));
        }
    }

    private static List<ClientSocket> open(Contender contender, int count) throws IOException {
        var greetings = contender.dialect().isStomp()
                ? contender.subscriber(List.of(Contender.TOPIC), "auto", BEAT_MILLIS)
                : contender.subscriber();
        var sockets = new ArrayList<ClientSocket>();
        for (int i = 0; i < count; i++) {
            sockets.add(new ClientSocket(contender.endpoint(), greetings, ROOM));
        }
        return sockets;
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
