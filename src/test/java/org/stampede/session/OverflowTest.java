package org.stampede.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.ERROR;
import static org.stampede.stomp.Command.MESSAGE;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stampede.stomp.Command;
import org.stampede.testing.StompItem;
import org.stampede.transport.CloseReason;

/** A client that does not read what it is sent. */
class OverflowTest {

    @RegisterExtension
    final TestServer server = TestServer.direct();

    private final TestClient slow = server.openNarrow(3, 500).connect("1.2");
    private final TestClient quick = server.connect("1.2");

    @BeforeEach
    void subscribe() {
        slow.sends("SUBSCRIBE\nid:0\ndestination:/topic/a\n\n^@");
        quick.sends("SUBSCRIBE\nid:0\ndestination:/topic/a\n\n^@");
        slow.wire().hold();
        server.handlers.takeCalls();
    }

    @Test
    @StompItem({15, 33, 81})
    void tooManyWaitingFramesEndTheSessionWithAnError() {
        for (int i = 0; i < 5; i++) {
            server.publish("/topic/a", "" + i);
        }
        slow.received().sent(MESSAGE).withBody("0").isExhausted().isOpen();
        slow.wire().completeOne();
        slow.received()
                .sent(ERROR, "message:Limit exceeded: what waits to be read by the client")
                .withBodyContaining("3 frames (setting stampede.outbox.frames)")
                .withBodyContaining("500 octets (setting stampede.outbox.octets)")
                .isOpen();
        slow.wire().completeOne();

        slow.received().closed(CloseReason.POLICY);
        assertThat(server.handlers.takeCalls())
                .containsExactly("unsubscribed session-1 /topic/a", "disconnected session-1");
        quick.received()
                .sent(MESSAGE)
                .sent(MESSAGE)
                .sent(MESSAGE)
                .sent(MESSAGE)
                .sent(MESSAGE)
                .isOpen();
    }

    @Test
    @StompItem({15, 81})
    void tooManyWaitingOctetsEndTheSession() {
        server.publish("/topic/a", "0");
        server.publish("/topic/a", "x".repeat(300));
        server.publish("/topic/a", "x".repeat(300));

        assertThat(server.handlers.takeCalls()).endsWith("disconnected session-1");
        slow.wire().release();
        slow.received().sent(MESSAGE).sent(ERROR).closed(CloseReason.POLICY);
        quick.received().sent(MESSAGE).sent(MESSAGE).sent(MESSAGE);
    }

    @Test
    @StompItem({34, 81})
    void clientThatReadsNotEvenTheErrorIsCutOff() {
        for (int i = 0; i < 5; i++) {
            server.publish("/topic/a", "" + i);
        }
        slow.waits(Duration.ofSeconds(21));

        slow.received().sent(MESSAGE).closed(CloseReason.POLICY);
        assertThat(slow.ticks()).isFalse();
        quick.wire().skipAll();
    }

    @Test
    @StompItem({15, 81})
    void receiptsOverflowToo() {
        for (int i = 0; i < 9; i++) {
            slow.sends("SEND\ndestination:/app/" + i + "\nreceipt:" + i + "\n\n^@");
        }
        slow.wire().release();

        slow.received().sent(Command.RECEIPT, "receipt-id:0").sent(ERROR).closed(CloseReason.POLICY);
        assertThat(server.handlers.takeCalls())
                .endsWith("disconnected session-1")
                .hasSizeLessThan(9);
    }

    @Test
    @StompItem({56, 81})
    void unacknowledgedMessagesOfTheSlowClientReturn() {
        slow.wire().release();
        server.publish("/queue/q", "mine");
        slow.sends("SUBSCRIBE\nid:q\ndestination:/queue/q\nack:client\n\n^@")
                .received()
                .sent(MESSAGE);
        slow.wire().hold();
        quick.sends("SUBSCRIBE\nid:q\ndestination:/queue/q\n\n^@UNSUBSCRIBE\nid:0\n\n^@");
        for (int i = 0; i < 5; i++) {
            server.publish("/topic/a", "" + i);
        }

        quick.received().sent(MESSAGE, "redelivered:true", "subscription:q").withBody("mine");
        slow.wire().skipAll();
    }

    @Test
    @StompItem({56, 81})
    void timerThatPublishesIsNotStalledByASlowClient() {
        for (int i = 0; i < 1_000; i++) {
            server.publish("/topic/a", "" + i);
        }
        for (int i = 0; i < 1_000; i++) {
            quick.received().sent(MESSAGE).withBody("" + i);
        }
        slow.wire().skipAll();
    }
}
