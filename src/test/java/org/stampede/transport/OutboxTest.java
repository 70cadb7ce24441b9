package org.stampede.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.ERROR;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.stomp.Command.RECEIPT;
import static org.stampede.testing.WireAssert.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stampede.stomp.Frame;
import org.stampede.stomp.Headers;
import org.stampede.stomp.StompVersion;
import org.stampede.testing.ManualClock;
import org.stampede.testing.RecordingWire;
import org.stampede.testing.StompItem;

/** Order, combining, and the end of an {@link Outbox}. */
class OutboxTest {

    private static final OutboxLimits ROOMY = new OutboxLimits(100_000, 1 << 30, Duration.ofSeconds(10));

    @RegisterExtension
    final RecordingWire wire = new RecordingWire();

    private final Outbox outbox = new Outbox(wire, ROOMY, new ManualClock());

    static Frame message(int number) {
        return Frame.of(MESSAGE, "n", Integer.toString(number));
    }

    private static Frame receipt(String id) {
        return Frame.of(RECEIPT, "receipt-id", id);
    }

    @Test
    void framesLeaveInOrder() {
        assertThat(outbox.offer(receipt("1"))).isTrue();
        assertThat(outbox.offer(receipt("2"))).isTrue();
        assertThat(wire)
                .sent(RECEIPT, "receipt-id:1")
                .sent(RECEIPT, "receipt-id:2")
                .isOpen();
    }

    @Test
    void oneWriteIsUnderWayAtATime() {
        wire.hold();
        outbox.offer(receipt("1"));
        outbox.offer(receipt("2"));
        assertThat(wire).sent(RECEIPT, "receipt-id:1").isExhausted();
        wire.completeOne();
        assertThat(wire).sent(RECEIPT, "receipt-id:2");
        wire.completeOne();
        assertThat(wire.isWriting()).isFalse();
    }

    @Test
    void framesThatWaitTogetherLeaveTogether() {
        wire.hold();
        outbox.offer(receipt("1"));
        outbox.offer(receipt("2"));
        outbox.offer(receipt("3"));
        wire.release();
        assertThat(wire.writes()).extracting(written -> written.frames().size()).containsExactly(1, 2);
        wire.skipAll();
    }

    @Test
    void combinedMessagesAreBounded() {
        wire.hold();
        Frame big = Frame.of(MESSAGE, Headers.NONE, new byte[7_000]);
        outbox.offer(receipt("1"));
        for (int i = 0; i < 5; i++) {
            outbox.offer(big);
        }
        outbox.offer(Frame.of(MESSAGE, Headers.NONE, new byte[100_000]));
        outbox.offer(big);
        wire.release();
        assertThat(wire.writes()).extracting(written -> written.frames().size()).containsExactly(1, 2, 2, 1, 1, 1);
        wire.skipAll();
    }

    @Test
    void versionHoldsFromTheNextWriteOn() {
        outbox.offer(receipt("1"));
        outbox.version(StompVersion.V1_1);
        outbox.offer(receipt("2"));
        assertThat(wire.writes())
                .extracting(RecordingWire.Written::version)
                .containsExactly(StompVersion.V1_2, StompVersion.V1_1);
        wire.skipAll();
    }

    @Test
    void whenWrittenIsCalledAfterTheWriteCompleted() {
        var written = new ArrayList<String>();
        wire.hold();
        outbox.offer(receipt("1"), () -> written.add("1"));
        outbox.offer(receipt("2"), () -> written.add("2"));
        outbox.offer(receipt("3"), () -> written.add("3"));
        assertThat(written).isEmpty();
        wire.completeOne();
        assertThat(written).containsExactly("1");
        wire.completeOne();
        assertThat(written).containsExactly("1", "2", "3");
        wire.skipAll();
    }

    @Test
    void whenWrittenMayOfferMore() {
        outbox.offer(receipt("1"), () -> outbox.offer(receipt("2"), () -> outbox.offer(receipt("3"))));
        assertThat(wire)
                .sent(RECEIPT, "receipt-id:1")
                .sent(RECEIPT, "receipt-id:2")
                .sent(RECEIPT, "receipt-id:3");
    }

    @Test
    void thousandsOfSynchronousCompletionsDoNotRecurse() {
        wire.hold();
        outbox.offer(message(0));
        Frame big = Frame.of(MESSAGE, Headers.NONE, new byte[20_000]);
        for (int i = 0; i < 20_000; i++) {
            outbox.offer(big);
        }
        wire.release();
        assertThat(wire.writes()).hasSize(20_001);
        wire.skipAll();
    }

    @Test
    void longChainOfOffersFromCompletionsDoesNotRecurse() {
        var left = new int[] {50_000};
        Runnable[] next = new Runnable[1];
        next[0] = () -> {
            if (left[0]-- > 0) {
                outbox.offer(message(left[0]), next[0]);
            }
        };
        next[0].run();
        assertThat(wire.writes()).hasSize(50_000);
        wire.skipAll();
    }

    @Test
    void failedWriteClosesTheWireAndDropsWhatWaits() {
        var written = new ArrayList<String>();
        wire.hold();
        wire.failWith(new IOException("gone"));
        outbox.offer(receipt("1"), () -> written.add("1"));
        outbox.offer(receipt("2"), () -> written.add("2"));
        wire.completeOne();
        assertThat(wire).sent(RECEIPT, "receipt-id:1").closed(CloseReason.POLICY);
        assertThat(written).isEmpty();
        assertThat(outbox.offer(receipt("3"))).isFalse();
    }

    @Test
    void writeThatFailsAtOnceClosesTheWire() {
        wire.failWith(new IOException("gone"));
        outbox.offer(receipt("1"));
        assertThat(outbox.offer(receipt("2"))).isFalse();
        assertThat(wire).sent(RECEIPT, "receipt-id:1").closed(CloseReason.POLICY);
    }

    @Test
    void whoIsAtWorkForALostPeerHearsOfItOnceAndBeforeTheWireIsClosed() {
        var closesByThen = new ArrayList<List<CloseReason>>();
        outbox.onLost(() -> closesByThen.add(List.copyOf(wire.closes())));
        wire.failWith(new IOException("gone"));
        outbox.offer(receipt("1"));
        outbox.ping();
        outbox.tick(1);
        assertThat(closesByThen).containsExactly(List.of());
        assertThat(wire).sent(RECEIPT, "receipt-id:1").closed(CloseReason.POLICY);
    }

    @Test
    void wireThatThrowsHarmsItsOwnConnectionOnly() {
        var closes = new ArrayList<CloseReason>();
        var broken = new Outbox(
                new Wire() {
                    @Override
                    public void write(List<Frame> frames, StompVersion version, Consumer<Optional<Throwable>> done) {
                        throw new IllegalStateException("The connection has been closed.");
                    }

                    @Override
                    public void close(CloseReason reason) {
                        closes.add(reason);
                    }
                },
                ROOMY,
                new ManualClock());
        broken.offer(receipt("1"));
        assertThat(closes).containsExactly(CloseReason.POLICY);
        assertThat(broken.offer(receipt("2"))).isFalse();
    }

    @Test
    void closeAfterFlushOfAnIdleOutboxClosesAtOnce() {
        outbox.closeAfterFlush(CloseReason.NORMAL);
        outbox.closeAfterFlush(CloseReason.GOING_AWAY);
        assertThat(outbox.offer(receipt("1"))).isFalse();
        assertThat(wire).closed(CloseReason.NORMAL);
    }

    @Test
    @StompItem(65)
    void closeAfterFlushWaitsForAllThatWasOffered() {
        wire.hold();
        outbox.offer(receipt("1"));
        outbox.offer(receipt("2"));
        outbox.closeAfterFlush(CloseReason.NORMAL);
        assertThat(outbox.offer(receipt("3"))).isFalse();
        wire.completeOne();
        assertThat(wire)
                .sent(RECEIPT, "receipt-id:1")
                .sent(RECEIPT, "receipt-id:2")
                .isOpen();
        wire.completeOne();
        assertThat(wire).closed(CloseReason.NORMAL);
    }

    @Test
    @StompItem(75)
    void closeWithSendsALastFrameBehindAllOthers() {
        wire.hold();
        outbox.offer(receipt("1"));
        outbox.closeWith(Frame.of(ERROR, "message", "no"), CloseReason.PROTOCOL_ERROR);
        outbox.closeWith(Frame.of(ERROR, "message", "again"), CloseReason.PROTOCOL_ERROR);
        assertThat(outbox.offer(receipt("2"))).isFalse();
        wire.release();
        assertThat(wire).sent(RECEIPT, "receipt-id:1").sent(ERROR, "message:no").closed(CloseReason.PROTOCOL_ERROR);
    }

    @Test
    void closeWithHasNoEffectOnceTheEndHasBegun() {
        wire.hold();
        outbox.offer(receipt("1"));
        outbox.closeAfterFlush(CloseReason.NORMAL);
        outbox.closeWith(Frame.of(ERROR), CloseReason.PROTOCOL_ERROR);
        wire.release();
        assertThat(wire).sent(RECEIPT, "receipt-id:1").closed(CloseReason.NORMAL);
    }

    @Test
    void abandonDropsWhatWaitsAndClosesOnce() {
        wire.hold();
        outbox.offer(receipt("1"));
        outbox.offer(receipt("2"));
        outbox.abandon();
        outbox.abandon();
        outbox.closeWith(Frame.of(ERROR), CloseReason.PROTOCOL_ERROR);
        assertThat(outbox.offer(receipt("3"))).isFalse();
        wire.release();
        assertThat(wire).sent(RECEIPT, "receipt-id:1").closed(CloseReason.POLICY);
    }
}
