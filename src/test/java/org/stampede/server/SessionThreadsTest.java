package org.stampede.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TransferQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionThreadsTest {

    private static final int MOST = 3;

    private final Set<Thread> made = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cleaned = new AtomicInteger();
    private final SessionThreads threads = new SessionThreads(this::thread, MOST, () -> cleaned.incrementAndGet() > 0);

    private Thread thread(Runnable work) {
        var thread = new Thread(work);
        thread.setUncaughtExceptionHandler((failed, bug) -> {});
        made.add(thread);
        return thread;
    }

    @AfterEach
    void end() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void tasksRunSideBySideAsLongAsThereMayBeMoreThreads() {
        var all = new CyclicBarrier(MOST + 1);
        for (int i = 0; i < MOST; i++) {
            threads.execute(() -> meet(all));
        }
        meet(all);
        assertThat(made).hasSize(MOST);
    }

    @Test
    void aTaskThatIsOneTooManyWaitsForAThread() throws InterruptedException {
        var busy = new CyclicBarrier(MOST + 1);
        var end = new CyclicBarrier(MOST + 1);
        for (int i = 0; i < MOST; i++) {
            threads.execute(() -> {
                meet(busy);
                meet(end);
            });
        }
        meet(busy);
        var ran = new CountDownLatch(2);
        threads.execute(ran::countDown);
        threads.execute(ran::countDown);
        assertThat(ran.getCount()).isEqualTo(2);
        meet(end);
        assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(made).hasSize(MOST);
    }

    @Test
    void aThreadThatIsIdleTakesTheNextTask() {
        for (int i = 0; i < 10; i++) {
            var done = new CountDownLatch(1);
            threads.execute(done::countDown);
            var queue = (TransferQueue<Runnable>) threads.getQueue();
            await().until(() -> done.getCount() == 0 && queue.hasWaitingConsumer());
        }
        assertThat(made).hasSize(1);
    }

    @Test
    void eachTaskIsCleanedUpAfterEvenIfItFails() {
        threads.execute(() -> {
            throw new IllegalStateException("a bug");
        });
        await().until(() -> cleaned.get() == 1);
        var next = new CountDownLatch(1);
        threads.execute(next::countDown);
        await().until(() -> next.getCount() == 0 && cleaned.get() == 2);
    }

    @Test
    void afterTheEndTasksAreRefused() {
        threads.shutdown();
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> threads.execute(() -> {}))
                .withMessageContaining("ended");
    }
}
