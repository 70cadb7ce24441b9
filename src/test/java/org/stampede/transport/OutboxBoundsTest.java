package org.stampede.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.ERROR;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.testing.WireAssert.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stampede.stomp.Frame;
import org.stampede.stomp.Headers;
import org.stampede.testing.ManualClock;
import org.stampede.testing.RecordingWire;
import org.stampede.testing.StompItem;

/** What an {@link Outbox} does when a peer does not read, and its heart-beats. */
class OutboxBoundsTest {

    private static final Duration WRITE_TIME = Duration.ofSeconds(10);
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final Frame ERROR_FRAME = Frame.of(ERROR, "message", "too slow");

    @RegisterExtension
    final RecordingWire wire = new RecordingWire();

    private final ManualClock clock = new ManualClock();
    private final AtomicInteger overflows = new AtomicInteger();
    private final Outbox outbox = new Outbox(wire, new OutboxLimits(3, 1_000, WRITE_TIME), clock);

    @BeforeEach
    void countOverflows() {
        outbox.onOverflow(overflows::incrementAndGet);
    }

    private static Frame weighing(int octets) {
        int bare = Frame.of(MESSAGE).weight();
        return Frame.of(MESSAGE, Headers.NONE, new byte[octets - bare]);
    }

    /** Lets one write hang and fills what may wait. */
    private void fill() {
        wire.hold();
        for (int i = 0; i < 4; i++) {
            assertThat(outbox.offer(OutboxTest.message(i))).isTrue();
        }
    }

    @Test
    void oneFrameTooManyOverflowsOnce() {
        fill();
        assertThat(overflows).hasValue(0);
        assertThat(outbox.offer(OutboxTest.message(4))).isFalse();
        assertThat(outbox.offer(OutboxTest.message(5))).isFalse();
        assertThat(overflows).hasValue(1);
        assertThat(wire).sent(MESSAGE, "n:0").isOpen();
    }

    @Test
    void oneOctetTooManyOverflows() {
        wire.hold();
        outbox.offer(OutboxTest.message(0));
        assertThat(outbox.offer(weighing(400))).isTrue();
        assertThat(outbox.offer(weighing(600))).isTrue();
        assertThat(overflows).hasValue(0);
        assertThat(outbox.offer(weighing(33))).isFalse();
        assertThat(overflows).hasValue(1);
        assertThat(wire).sent(MESSAGE, "n:0");
    }

    @Test
    void frameThatWaitsAloneMayBeLarge() {
        wire.hold();
        outbox.offer(OutboxTest.message(0));
        assertThat(outbox.offer(weighing(5_000))).isTrue();
        assertThat(outbox.offer(weighing(33))).isFalse();
        assertThat(wire).sent(MESSAGE, "n:0");
    }

    @Test
    void whatWasWrittenMakesRoomAgain() {
        wire.hold();
        for (int i = 0; i < 100; i++) {
            assertThat(outbox.offer(weighing(900))).isTrue();
            assertThat(outbox.offer(weighing(50))).isTrue();
            wire.completeOne();
            wire.completeOne();
        }
        assertThat(overflows).hasValue(0);
        wire.skipAll();
    }

    @Test
    void overflowDropsWhatWaitsAndSendsTheLastFrame() {
        fill();
        outbox.onOverflow(() -> outbox.closeWith(ERROR_FRAME, CloseReason.POLICY));
        outbox.offer(OutboxTest.message(4));
        assertThat(wire).sent(MESSAGE, "n:0").isExhausted().isOpen();
        wire.completeOne();
        assertThat(wire).sent(ERROR, "message:too slow").isOpen();
        wire.completeOne();
        assertThat(wire).closed(CloseReason.POLICY);
    }

    @Test
    void lastFrameMayComeAfterTheWriteUnderWayHasEnded() {
        fill();
        outbox.offer(OutboxTest.message(4));
        wire.release();
        assertThat(wire).sent(MESSAGE, "n:0").isExhausted().isOpen();
        outbox.closeWith(ERROR_FRAME, CloseReason.POLICY);
        assertThat(wire).sent(ERROR, "message:too slow").closed(CloseReason.POLICY);
    }

    @Test
    void overflowWithoutALastFrameEndsAtATick() {
        fill();
        outbox.offer(OutboxTest.message(4));
        wire.release();
        clock.advance(WRITE_TIME);
        outbox.tick(0);
        assertThat(wire).sent(MESSAGE, "n:0").isOpen();
        clock.advance(MOMENT);
        outbox.tick(0);
        assertThat(wire).closed(CloseReason.POLICY);
    }

    @Test
    void closeAfterFlushEndsAnOverflowToo() {
        fill();
        outbox.offer(OutboxTest.message(4));
        outbox.closeAfterFlush(CloseReason.GOING_AWAY);
        wire.release();
        assertThat(wire).sent(MESSAGE, "n:0").closed(CloseReason.POLICY);
    }

    @Test
    void writeThatTakesTooLongEndsInAHardClose() {
        fill();
        clock.advance(WRITE_TIME);
        outbox.tick(0);
        assertThat(wire).isOpen();
        clock.advance(MOMENT);
        outbox.tick(0);
        outbox.tick(0);
        assertThat(wire).sent(MESSAGE, "n:0").closed(CloseReason.POLICY);
        wire.release();
        assertThat(wire).isExhausted().closed(CloseReason.POLICY);
    }

    @Test
    void eachWriteHasItsOwnTime() {
        fill();
        for (int i = 0; i < 3; i++) {
            clock.advance(WRITE_TIME);
            wire.completeOne();
            outbox.tick(0);
        }
        assertThat(wire).isOpen();
        wire.skipAll();
    }

    @Test
    void flushThatTakesTooLongEndsInAHardClose() {
        fill();
        outbox.closeAfterFlush(CloseReason.NORMAL);
        clock.advance(WRITE_TIME.plus(MOMENT));
        outbox.tick(0);
        assertThat(wire).sent(MESSAGE, "n:0").closed(CloseReason.NORMAL);
    }

    @Test
    @StompItem({38, 39})
    void heartBeatIsWrittenAfterSilence() {
        clock.advance(Duration.ofSeconds(5));
        outbox.tick(Duration.ofSeconds(5).toNanos() + 1);
        assertThat(wire).isExhausted();
        outbox.tick(Duration.ofSeconds(5).toNanos());
        assertThat(wire).sentHeartBeat();
        outbox.tick(Duration.ofSeconds(5).toNanos());
        assertThat(wire).isExhausted();
        clock.advance(Duration.ofSeconds(5));
        outbox.tick(Duration.ofSeconds(5).toNanos());
        assertThat(wire).sentHeartBeat();
    }

    @Test
    @StompItem({37, 38})
    void frameReplacesAHeartBeatAndZeroMeansNever() {
        clock.advance(Duration.ofSeconds(4));
        outbox.offer(OutboxTest.message(0));
        clock.advance(Duration.ofSeconds(4));
        outbox.tick(Duration.ofSeconds(5).toNanos());
        clock.advance(Duration.ofDays(1));
        outbox.tick(0);
        assertThat(wire).sent(MESSAGE, "n:0").isExhausted();
    }

    @Test
    @StompItem(38)
    void heartBeatWaitsForTheWriteUnderWayAndFramesWaitForIt() {
        wire.hold();
        clock.advance(Duration.ofSeconds(5));
        outbox.tick(1);
        outbox.tick(1);
        outbox.offer(OutboxTest.message(0));
        assertThat(wire).sentHeartBeat().isExhausted();
        wire.completeOne();
        assertThat(wire).sent(MESSAGE, "n:0");
        wire.completeOne();
        assertThat(wire.isWriting()).isFalse();
    }

    @Test
    @StompItem(38)
    void heartBeatHasItsOwnTimeToBeWritten() {
        wire.hold();
        clock.advance(WRITE_TIME);
        outbox.tick(WRITE_TIME.toNanos());
        clock.advance(MOMENT);
        outbox.tick(WRITE_TIME.toNanos());
        assertThat(wire).sentHeartBeat().isOpen();
        clock.advance(WRITE_TIME);
        outbox.tick(WRITE_TIME.toNanos());
        assertThat(wire).closed(CloseReason.POLICY);
    }

    @Test
    void framesWaitForAPing() {
        wire.hold();
        outbox.ping();
        outbox.offer(OutboxTest.message(0));
        assertThat(wire).isExhausted();
        wire.release();
        assertThat(wire).sent(MESSAGE, "n:0").isOpen();
    }

    @Test
    void aPingHasTheTimeOfAWrite() {
        wire.hold();
        outbox.ping();
        clock.advance(WRITE_TIME);
        outbox.tick(0);
        assertThat(wire).isOpen();
        clock.advance(MOMENT);
        outbox.tick(0);
        assertThat(wire).closed(CloseReason.POLICY);
    }

    @Test
    void nobodyIsPingedDuringAWriteNorAfterTheEnd() {
        fill();
        outbox.ping();
        outbox.closeAfterFlush(CloseReason.NORMAL);
        wire.release();
        outbox.ping();
        wire.skipAll();
        assertThat(wire).closed(CloseReason.NORMAL);
        Assertions.assertThat(wire.pings()).isZero();
    }

    @Test
    @StompItem(38)
    void aPingIsNoHeartBeat() {
        clock.advance(Duration.ofSeconds(4));
        outbox.ping();
        clock.advance(Duration.ofSeconds(1));
        outbox.tick(Duration.ofSeconds(5).toNanos());
        assertThat(wire).sentHeartBeat();
        Assertions.assertThat(wire.pings()).isEqualTo(1);
    }

    @Test
    void noHeartBeatFollowsTheEnd() {
        outbox.closeAfterFlush(CloseReason.NORMAL);
        clock.advance(Duration.ofSeconds(5));
        outbox.tick(1);
        clock.advance(WRITE_TIME);
        outbox.tick(1);
        assertThat(wire).closed(CloseReason.NORMAL);
    }
}
