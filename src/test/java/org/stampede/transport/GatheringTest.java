package org.stampede.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.testing.WireAssert.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stampede.stomp.Frame;
import org.stampede.stomp.Headers;
import org.stampede.stomp.StompVersion;
import org.stampede.testing.ManualClock;
import org.stampede.testing.ManualExecutor;
import org.stampede.testing.RecordingWire;

/** What one go of an {@link Inbox} says leaves together, and none of it late. */
class GatheringTest {

    private static final OutboxLimits ROOMY = new OutboxLimits(1000, 1 << 30, Duration.ofSeconds(10));

    @RegisterExtension
    final RecordingWire wire = new RecordingWire();

    private final ManualClock clock = new ManualClock();
    private final Outbox outbox = new Outbox(wire, ROOMY, clock);
    private final ManualExecutor executor = new ManualExecutor();
    private final Inbox inbox = new Inbox(executor, new InboxLimits(100, 1 << 20), failure -> {
        throw failure;
    });

    private void say(int number) {
        assertThat(outbox.offer(OutboxTest.message(number))).isTrue();
    }

    private Integer[] framesOfWrites() {
        var sizes =
                wire.writes().stream().map(written -> written.frames().size()).toArray(Integer[]::new);
        wire.skipAll();
        return sizes;
    }

    @Test
    void framesOfSeveralTasksLeaveInOneMessage() {
        for (int i = 0; i < 5; i++) {
            int number = i;
            inbox.execute(() -> say(number));
        }
        executor.runAll();
        assertThat(framesOfWrites()).containsExactly(5);
    }

    @Test
    void nothingIsKeptWithoutAnInbox() {
        say(1);
        say(2);
        assertThat(framesOfWrites()).containsExactly(1, 1);
    }

    @Test
    void applicationCodeIsNotWaitedFor() {
        inbox.execute(() -> {
            say(1);
            Gathering.without(() -> {
                assertThat(wire.writes()).hasSize(1);
                say(2);
                assertThat(wire.writes()).hasSize(2);
                return "";
            });
            say(3);
            say(4);
        });
        executor.runAll();
        assertThat(framesOfWrites()).containsExactly(1, 1, 2);
    }

    @Test
    void aFullMessageLeavesAtOnce() {
        inbox.execute(() -> {
            for (int i = 0; i < 3; i++) {
                assertThat(outbox.offer(Frame.of(MESSAGE, Headers.NONE, new byte[9_000])))
                        .isTrue();
            }
            assertThat(wire.writes()).isNotEmpty();
        });
        executor.runAll();
        assertThat(framesOfWrites()).containsExactly(1, 1, 1);
    }

    @Test
    void moreFramesThanTheLimitsAllowAreNoOverflow() {
        inbox.execute(() -> {
            for (int i = 0; i < 10_000; i++) {
                say(i);
            }
        });
        executor.runAll();
        assertThat(wire.writes().stream()
                        .mapToInt(written -> written.frames().size())
                        .sum())
                .isEqualTo(10_000);
        wire.skipAll();
    }

    @Test
    void whatIsSaidWhileItLeavesLeavesToo() {
        inbox.execute(() ->
                assertThat(outbox.offer(OutboxTest.message(1), () -> say(2))).isTrue());
        executor.runAll();
        assertThat(framesOfWrites()).containsExactly(1, 1);
    }

    @Test
    void aCloseComesAfterWhatWasSaid() {
        inbox.execute(() -> {
            say(1);
            outbox.closeAfterFlush(CloseReason.NORMAL);
            assertThat(wire.writes()).isEmpty();
        });
        executor.runAll();
        assertThat(wire).sent(MESSAGE, "n:1").closed(CloseReason.NORMAL);
    }

    @Test
    void whatAnotherThreadSaysWaitsForNoEnd() throws InterruptedException {
        inbox.execute(() -> {
            say(1);
            var other = new Thread(() -> say(2));
            other.start();
            join(other);
            assertThat(wire.writes()).hasSize(1);
        });
        executor.runAll();
        assertThat(framesOfWrites()).containsExactly(2);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError("Nobody interrupts a test.", e);
        }
    }

    @Test
    void aLongGoIsNoStuckWrite() {
        inbox.execute(() -> {
            say(1);
            clock.advance(Duration.ofMinutes(1));
            outbox.tick(0);
            assertThat(outbox.isClosed()).isFalse();
            assertThat(wire.writes()).hasSize(1);
        });
        executor.runAll();
        assertThat(framesOfWrites()).containsExactly(1);
    }

    @Test
    void aLongGoEndsAfterTheTaskAtHand() {
        var timed = new Inbox(executor, new InboxLimits(100, 1 << 20), clock, failure -> {
            throw failure;
        });
        timed.execute(() -> {
            say(1);
            clock.advance(Duration.ofMillis(6));
        });
        timed.execute(() -> say(2));
        executor.runAll();
        assertThat(framesOfWrites()).containsExactly(1, 1);
    }

    @Test
    void aLargeFrameAndAnotherAreNoOverflow() {
        var narrow = new Outbox(wire, new OutboxLimits(1, 100, Duration.ofSeconds(10)), clock);
        inbox.execute(() -> {
            for (int i = 0; i < 3; i++) {
                assertThat(narrow.offer(Frame.of(MESSAGE, Headers.NONE, new byte[200])))
                        .isTrue();
            }
        });
        executor.runAll();
        assertThat(narrow.isClosed()).isFalse();
        assertThat(framesOfWrites()).containsExactly(1, 1, 1);
    }

    @Test
    void anErrorOfOneConnectionIsNotThatOfOthers() {
        var broken = new Outbox(new BrokenWire(), ROOMY, clock);
        inbox.execute(() -> {
            broken.offer(OutboxTest.message(1));
            say(1);
        });
        executor.runAll();
        assertThat(broken.isClosed()).isTrue();
        assertThat(framesOfWrites()).containsExactly(1);
    }

    private static final class BrokenWire implements Wire {

        @Override
        public void write(List<Frame> frames, StompVersion version, Consumer<Optional<Throwable>> done) {
            throw new LinkageError("broken");
        }

        @Override
        public void close(CloseReason reason) {
            // There is nothing to close.
        }
    }
}
