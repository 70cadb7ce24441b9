package org.stampede.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.stampede.testing.ManualClock;
import org.stampede.testing.ManualExecutor;

@Timeout(60)
class InboxTest {

    private final ManualExecutor executor = new ManualExecutor();
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final List<RuntimeException> failures = new ArrayList<>();
    private final List<Integer> ran = new ArrayList<>();
    private final Inbox inbox = new Inbox(executor, new InboxLimits(3, 1_000), failures::add);
    private final ManualClock clock = new ManualClock();
    /** With a clock, for what may be run by its bringer if it comes alone. */
    private final Inbox calm = new Inbox(executor, new InboxLimits(3, 1_000), clock, failures::add);

    private boolean tryRun(Runnable task) {
        clock.advance(Duration.ofMillis(1));
        return calm.tryRun(task);
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void tasksRunInOrderAndNotByTheCaller() throws Exception {
        inbox.put(() -> ran.add(1), 1);
        inbox.execute(() -> ran.add(2));
        inbox.put(() -> ran.add(3), 1);
        assertThat(ran).isEmpty();
        assertThat(executor.waiting()).isEqualTo(1);
        executor.runAll();
        assertThat(ran).containsExactly(1, 2, 3);
    }

    @Test
    void aTaskIsRunByItsBringerOnlyIfNothingIsToBeDoneBefore() throws Exception {
        assertThat(tryRun(() -> ran.add(1))).isTrue();
        assertThat(ran).containsExactly(1);
        calm.put(() -> ran.add(2), 1);
        assertThat(tryRun(() -> ran.add(3))).isFalse();
        calm.put(() -> assertThat(tryRun(() -> ran.add(4))).isFalse(), 1);
        executor.runAll();
        assertThat(ran).containsExactly(1, 2);
        assertThat(tryRun(() -> ran.add(5))).isTrue();
        assertThat(ran).containsExactly(1, 2, 5);
        assertThat(failures).isEmpty();
    }

    @Test
    void whatComesWhileATaskIsRunByItsBringerIsForAnotherThread() {
        tryRun(() -> {
            calm.execute(() -> ran.add(2));
            ran.add(1);
        });
        assertThat(ran).containsExactly(1);
        assertThat(executor.waiting()).isEqualTo(1);
        executor.runAll();
        assertThat(ran).containsExactly(1, 2);
    }

    @Test
    void aTaskIsNotRunByItsBringerWhileHeldOrAfterTheEnd() {
        var held = new CompletableFuture<Void>();
        tryRun(() -> calm.hold(held));
        assertThat(tryRun(() -> ran.add(1))).isFalse();
        held.complete(null);
        assertThat(tryRun(() -> ran.add(2))).isTrue();
        calm.close(() -> ran.add(3));
        executor.runAll();
        assertThat(tryRun(() -> ran.add(4))).isFalse();
        assertThat(ran).containsExactly(2, 3);
    }

    @Test
    void whatATaskThrowsThatIsRunByItsBringerIsNoEnd() {
        assertThat(tryRun(() -> {
                    throw new IllegalStateException("a bug");
                }))
                .isTrue();
        assertThat(failures).hasSize(1);
        assertThat(tryRun(() -> ran.add(1))).isTrue();
    }

    @Test
    void ofManyThatComeOnlyTheFirstIsRunByItsBringer() throws Exception {
        assertThat(tryRun(() -> ran.add(1))).isTrue();
        for (int i = 2; i < 5; i++) {
            int number = i;
            clock.advance(Duration.ofNanos(999_999));
            assertThat(calm.tryRun(() -> ran.add(-number))).isFalse();
        }
        assertThat(ran).containsExactly(1);
        assertThat(tryRun(() -> ran.add(5))).isTrue();
    }

    @Test
    void whatCameFromThePeerIsHeldUntilAStageCompletesAndWhatIsTheServersOwnGoesOn() {
        var one = new CompletableFuture<Void>();
        var other = new CompletableFuture<Void>();
        inbox.add(
                () -> {
                    ran.add(1);
                    inbox.hold(one);
                    inbox.hold(other);
                    inbox.hold(CompletableFuture.completedFuture(null));
                },
                1);
        inbox.add(() -> ran.add(2), 1);
        inbox.execute(() -> ran.add(3));
        executor.runAll();
        assertThat(ran).containsExactly(1, 3);
        one.complete(null);
        inbox.execute(() -> ran.add(4));
        executor.runAll();
        assertThat(ran).containsExactly(1, 3, 4);
        other.completeExceptionally(new IllegalStateException());
        executor.runAll();
        assertThat(ran).containsExactly(1, 3, 4, 2);
    }

    @Test
    void theEndDoesNotWaitForAnyStage() {
        inbox.add(() -> inbox.hold(new CompletableFuture<Void>()), 1);
        inbox.add(() -> ran.add(1), 1);
        executor.runAll();
        inbox.close(() -> ran.add(2));
        executor.runAll();
        assertThat(ran).containsExactly(1, 2);
    }

    @Test
    void whoeverCannotWaitIsToldWhenThereIsRoomAgain() {
        var told = new AtomicInteger();
        assertThat(inbox.add(() -> ran.add(1), 1)).isTrue();
        assertThat(inbox.add(() -> ran.add(2), 1)).isTrue();
        assertThat(inbox.add(() -> ran.add(3), 1)).isFalse();
        assertThat(inbox.add(() -> ran.add(4), 1)).isFalse();
        inbox.whenRoom(told::incrementAndGet);
        assertThat(told).hasValue(0);
        inbox.execute(() -> ran.add(told.get()));
        executor.runAll();
        assertThat(ran).containsExactly(1, 2, 3, 4, 1);
        inbox.add(() -> ran.add(5), 2_000);
        assertThat(told).hasValue(1);
    }

    @Test
    void octetsFillTheRoomAsWell() {
        var told = new AtomicInteger();
        assertThat(inbox.add(() -> ran.add(1), 2_000)).isFalse();
        inbox.whenRoom(told::incrementAndGet);
        assertThat(told).hasValue(0);
        executor.runAll();
        assertThat(told).hasValue(1);
        inbox.whenRoom(told::incrementAndGet);
        assertThat(told).hasValue(2);
    }

    @Test
    void afterTheEndThereIsRoomForWhateverIsPassedOver() {
        var told = new AtomicInteger();
        inbox.add(() -> ran.add(1), 2_000);
        inbox.whenRoom(told::incrementAndGet);
        inbox.close(() -> ran.add(2));
        assertThat(told).hasValue(1);
        assertThat(inbox.add(() -> ran.add(3), 1)).isTrue();
        executor.runAll();
        assertThat(ran).containsExactly(1, 2);
    }

    @Test
    void taskAddedByATaskRunsAfterIt() {
        inbox.execute(() -> {
            inbox.execute(() -> ran.add(2));
            ran.add(1);
        });
        executor.runAll();
        assertThat(ran).containsExactly(1, 2);
    }

    @Test
    void idleInboxIsScheduledAgain() {
        inbox.execute(() -> ran.add(1));
        executor.runAll();
        inbox.execute(() -> ran.add(2));
        executor.runAll();
        assertThat(ran).containsExactly(1, 2);
    }

    @Test
    void taskThatThrowsIsReportedAndTheNextRuns() {
        var failure = new IllegalStateException("broken");
        inbox.execute(() -> {
            throw failure;
        });
        inbox.execute(() -> ran.add(2));
        executor.runAll();
        assertThat(failures).containsExactly(failure);
        assertThat(ran).containsExactly(2);
    }

    @Test
    void errorOfATaskIsReportedAndTheNextRuns() {
        var error = new StackOverflowError();
        inbox.execute(() -> {
            throw error;
        });
        inbox.execute(() -> ran.add(2));
        executor.runAll();
        assertThat(failures).singleElement().extracting(Throwable::getCause).isSameAs(error);
        assertThat(ran).containsExactly(2);
    }

    @Test
    void nextTaskRunsEvenIfTheReportFails() {
        var fragile = new Inbox(executor, new InboxLimits(3, 1_000), failure -> {
            throw failure;
        });
        fragile.execute(() -> {
            throw new IllegalStateException("broken");
        });
        fragile.execute(() -> ran.add(2));
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(executor::runAll);
        executor.runAll();
        assertThat(ran).containsExactly(2);
    }

    @Test
    void busyInboxGivesOthersTheirTurn() {
        var other = new Inbox(executor, new InboxLimits(3, 1_000), failures::add);
        for (int i = 0; i < 1_000; i++) {
            inbox.execute(() -> ran.add(1));
        }
        other.execute(() -> ran.add(2));
        executor.runNext();
        int turn = ran.size();
        assertThat(turn).isBetween(1, 100);
        executor.runNext();
        assertThat(ran).hasSize(turn + 1).endsWith(2);
        executor.runAll();
        assertThat(ran).hasSize(1_001);
    }

    @Test
    void putWaitsWhileTheInboxIsFull() throws Exception {
        for (int i = 0; i < 3; i++) {
            inbox.put(() -> ran.add(1), 1);
        }
        var entering = new CountDownLatch(1);
        var put = threads.submit(() -> {
            entering.countDown();
            inbox.put(() -> ran.add(2), 1);
            return null;
        });
        entering.await();
        inbox.execute(() -> ran.add(3));
        assertThat(put.isDone()).isFalse();
        // Two tasks leave, so that fewer wait than there may.
        while (!put.isDone()) {
            executor.runAll();
        }
        executor.runAll();
        assertThat(ran).containsExactly(1, 1, 1, 3, 2);
    }

    @Test
    void closeReleasesWhoeverWaitsToPut() throws Exception {
        for (int i = 0; i < 3; i++) {
            inbox.put(() -> ran.add(1), 1);
        }
        var entering = new CountDownLatch(2);
        Runnable putOne = () -> {
            try {
                entering.countDown();
                inbox.put(() -> ran.add(2), 1);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
        var first = threads.submit(putOne);
        var second = threads.submit(putOne);
        entering.await();
        inbox.close(() -> ran.add(9));
        first.get(30, TimeUnit.SECONDS);
        second.get(30, TimeUnit.SECONDS);
        executor.runAll();
        assertThat(ran).containsExactly(1, 1, 1, 9);
    }

    @Test
    void waitingPutCanBeInterrupted() throws Exception {
        for (int i = 0; i < 3; i++) {
            inbox.put(() -> ran.add(1), 1);
        }
        var interrupted = new CountDownLatch(1);
        var entering = new CountDownLatch(1);
        threads.submit(() -> {
            entering.countDown();
            try {
                inbox.put(() -> ran.add(2), 1);
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        entering.await();
        threads.shutdownNow();
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
        executor.runAll();
        assertThat(ran).containsExactly(1, 1, 1);
    }

    @Test
    void nothingRunsAfterTheLastTask() throws Exception {
        inbox.execute(() -> ran.add(1));
        inbox.close(() -> ran.add(9));
        inbox.close(() -> ran.add(10));
        inbox.execute(() -> ran.add(2));
        inbox.put(() -> ran.add(3), 1);
        executor.runAll();
        assertThat(ran).containsExactly(1, 9);
    }

    @Test
    void tasksRunHereWhenTheExecutorRefuses() {
        inbox.execute(() -> ran.add(1));
        executor.shutDown();
        executor.runAll();
        inbox.execute(() -> ran.add(2));
        inbox.close(() -> ran.add(9));
        assertThat(ran).containsExactly(1, 2, 9);
    }

    @Test
    void tasksRunHereWhenTheApplicationOfTheExecutorIsGone() {
        var orphaned = new Inbox(
                task -> {
                    throw new IllegalStateException("The application is stopped.");
                },
                new InboxLimits(3, 1_000),
                failures::add);
        orphaned.close(() -> ran.add(9));
        assertThat(ran).containsExactly(9);
    }

    @Test
    void manyTasksDoNotRecurseWhenTheExecutorRefuses() {
        for (int i = 0; i < 500_000; i++) {
            inbox.execute(() -> ran.add(1));
        }
        executor.shutDown();
        executor.runAll();
        assertThat(ran).hasSize(500_000);
    }

    @Test
    void tasksOfManyThreadsRunOneAtATimeAndInTheOrderOfEach() throws Exception {
        var parallel = new Inbox(threads, new InboxLimits(10, 1_000), failures::add);
        int perThread = 5_000;
        var inside = new AtomicInteger();
        var all = new CountDownLatch(3 * perThread);
        var orders = List.of(new ArrayList<Integer>(), new ArrayList<Integer>(), new ArrayList<Integer>());
        var start = new CyclicBarrier(3);
        var senders = Executors.newFixedThreadPool(3);
        for (List<Integer> order : orders) {
            senders.submit(() -> {
                start.await();
                for (int i = 0; i < perThread; i++) {
                    int n = i;
                    parallel.put(
                            () -> {
                                assertThat(inside.incrementAndGet()).isEqualTo(1);
                                order.add(n);
                                inside.decrementAndGet();
                                all.countDown();
                            },
                            1);
                }
                return null;
            });
        }
        assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
        senders.shutdown();
        assertThat(failures).isEmpty();
        for (List<Integer> order : orders) {
            assertThat(order).hasSize(perThread).isSorted();
        }
    }
}
