package org.stampede.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is in which place: changes are told once and in order. */
@Timeout(60)
class OccupancyTest {

    private final Occupancy<String> places = new Occupancy<>();
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());

    private void enter(String where, String who) {
        places.enter(where, who, () -> told.add("first in " + where));
    }

    private void leave(String where, String who) {
        places.leave(where, who, () -> told.add("last in " + where));
    }

    @Test
    void onlyTheFirstAndTheLastAreTold() {
        enter("a", "1");
        enter("a", "2");
        enter("a", "2");
        enter("b", "1");
        leave("a", "1");
        leave("a", "1");
        assertThat(told).containsExactly("first in a", "first in b");
        leave("a", "2");
        leave("b", "1");
        leave("b", "1");
        assertThat(told).containsExactly("first in a", "first in b", "last in a", "last in b");
        assertThat(places.size()).isZero();
    }

    @Test
    void whatHappensDuringATellingIsToldAfterIt() {
        places.enter("a", "1", () -> {
            leave("a", "1");
            enter("a", "2");
            told.add("first");
        });
        assertThat(told).containsExactly("first", "last in a", "first in a");
    }

    @Test
    void changesThatNobodyCanBeToldOfInTimeCancelOut() {
        places.enter("a", "1", () -> {
            for (int i = 0; i < 10_000; i++) {
                leave("a", "1");
                enter("a", "1");
            }
            leave("a", "1");
        });
        assertThat(told).hasSizeLessThanOrEqualTo(Occupancy.MOST_WAITING).endsWith("last in a");
        assertThat(told.size() % 2).isOne();
        assertThat(places.size()).isZero();
    }

    /** Many threads come and go; each place is told of by one thread at a time, alternately, and completely. */
    @Test
    void underFireChangesAlternate() throws InterruptedException {
        int threads = 8;
        int keys = 3;
        var occupied = new boolean[keys];
        var busy = new AtomicInteger[] {new AtomicInteger(), new AtomicInteger(), new AtomicInteger()};
        var faults = Collections.synchronizedList(new ArrayList<String>());
        var firsts = new AtomicInteger();
        var lasts = new AtomicInteger();
        var start = new CountDownLatch(1);
        var all = new ArrayList<Thread>();
        for (int t = 0; t < threads; t++) {
            String who = "thread " + t;
            var random = new Random(t);
            var thread = new Thread(() -> {
                await(start);
                for (int i = 0; i < 20_000; i++) {
                    int key = random.nextInt(keys);
                    places.enter(
                            String.valueOf(key), who, () -> change(occupied, busy[key], key, true, faults, firsts));
                    places.leave(
                            String.valueOf(key), who, () -> change(occupied, busy[key], key, false, faults, lasts));
                }
            });
            thread.start();
            all.add(thread);
        }
        start.countDown();
        for (Thread thread : all) {
            thread.join();
        }
        assertThat(faults).isEmpty();
        assertThat(firsts.get()).isEqualTo(lasts.get()).isPositive();
        assertThat(occupied).containsOnly(false);
        assertThat(places.size()).isZero();
    }

    private static void change(
            boolean[] occupied, AtomicInteger busy, int key, boolean to, List<String> faults, AtomicInteger count) {
        if (busy.incrementAndGet() != 1) {
            faults.add("two at a time");
        }
        if (occupied[key] == to) {
            faults.add("told twice: " + to);
        }
        occupied[key] = to;
        count.incrementAndGet();
        busy.decrementAndGet();
    }

    private static void await(CountDownLatch start) {
        try {
            start.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
