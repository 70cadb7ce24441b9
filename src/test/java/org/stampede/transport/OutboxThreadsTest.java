package org.stampede.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.testing.WireAssert.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.stampede.stomp.Frame;
import org.stampede.stomp.StompVersion;
import org.stampede.testing.ManualClock;
import org.stampede.testing.RecordingWire;

/** An {@link Outbox} under many threads. */
class OutboxThreadsTest {

    private static final int THREADS = 4;
    private static final int FRAMES = 5_000;
    private static final OutboxLimits ROOMY = new OutboxLimits(THREADS * FRAMES, 1 << 30, Duration.ofMinutes(5));

    private final ExecutorService senders = Executors.newFixedThreadPool(THREADS);
    private final ExecutorService network = Executors.newSingleThreadExecutor();
    private final RecordingWire wire = new RecordingWire();

    @AfterEach
    void stop() {
        senders.shutdownNow();
        network.shutdownNow();
    }

    /** Completes half of the writes at once, and half on another thread. */
    private Wire partlyAsynchronous() {
        var count = new AtomicInteger();
        return new Wire() {
            @Override
            public void write(List<Frame> frames, StompVersion version, Consumer<Optional<Throwable>> done) {
                if (count.incrementAndGet() % 2 == 0) {
                    wire.write(frames, version, done);
                } else {
                    network.execute(() -> wire.write(frames, version, done));
                }
            }

            @Override
            public void close(CloseReason reason) {
                wire.close(reason);
            }
        };
    }

    @RepeatedTest(5)
    void nothingIsLostAndEachSendersOrderIsKept() throws Exception {
        var outbox = new Outbox(partlyAsynchronous(), ROOMY, System::nanoTime);
        var written = new CountDownLatch(THREADS * FRAMES);
        var start = new CyclicBarrier(THREADS);
        for (int t = 0; t < THREADS; t++) {
            String sender = Integer.toString(t);
            senders.submit(() -> {
                start.await();
                for (int i = 0; i < FRAMES; i++) {
                    outbox.offer(Frame.of(MESSAGE, "sender", sender, "n", Integer.toString(i)), written::countDown);
                    outbox.tick(1);
                }
                return null;
            });
        }
        assertThat(written.await(1, TimeUnit.MINUTES)).isTrue();
        assertOrder(wire.frames(), FRAMES);
        wire.skipAll();
        assertThat(wire).isOpen().isExhausted();
    }

    private static void assertOrder(List<Frame> frames, int perSender) {
        assertThat(frames).hasSize(THREADS * perSender);
        int[] next = new int[THREADS];
        for (Frame frame : frames) {
            int sender = Integer.parseInt(frame.header("sender").orElseThrow());
            assertThat(frame.header("n")).contains(Integer.toString(next[sender]++));
        }
    }

    @Test
    void closeAfterFlushRacingWithOffersFlushesWhatWasTaken() throws Exception {
        for (int round = 0; round < 200; round++) {
            var recorded = new RecordingWire();
            var outbox = new Outbox(recorded, ROOMY, System::nanoTime);
            var start = new CyclicBarrier(THREADS);
            var taken = new AtomicInteger();
            var tasks = new ArrayList<Callable<Object>>();
            for (int t = 0; t < THREADS - 1; t++) {
                tasks.add(() -> {
                    start.await();
                    for (int i = 0; i < 20; i++) {
                        taken.addAndGet(outbox.offer(OutboxTest.message(i)) ? 1 : 0);
                    }
                    return null;
                });
            }
            tasks.add(() -> {
                start.await();
                outbox.closeAfterFlush(CloseReason.NORMAL);
                return null;
            });
            for (var done : senders.invokeAll(tasks)) {
                done.get();
            }
            assertThat(recorded.frames()).hasSize(taken.get());
            assertThat(recorded).closed(CloseReason.NORMAL);
        }
    }

    @Test
    void silenceBeforeAWriteIsNotItsTime() throws Exception {
        var clock = new ManualClock();
        var outbox = new Outbox(wire, new OutboxLimits(10, 1_000, Duration.ofSeconds(10)), clock);
        var stop = new AtomicBoolean();
        var ticker = senders.submit(() -> {
            while (!stop.get()) {
                outbox.tick(0);
            }
        });
        for (int i = 0; i < 100_000; i++) {
            clock.advance(Duration.ofMinutes(1));
            assertThat(outbox.offer(OutboxTest.message(i))).isTrue();
        }
        stop.set(true);
        ticker.get();
        assertThat(wire).isOpen();
    }
}
