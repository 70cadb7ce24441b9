package org.stampede.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.CONNECTED;
import static org.stampede.stomp.Command.ERROR;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.stomp.Command.RECEIPT;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stampede.stomp.LimitExceededException;
import org.stampede.testing.ManualExecutor;
import org.stampede.testing.StompItem;
import org.stampede.transport.CloseReason;

/** STOMP 1.2, section DISCONNECT, and other ends of a connection. */
class DisconnectingTest {

    private final ManualExecutor executor = new ManualExecutor();

    @RegisterExtension
    final TestServer server = TestServer.direct();

    @RegisterExtension
    final TestServer queued = TestServer.on(executor);

    private final TestClient client = server.connect("1.2");

    @Test
    @StompItem({65, 81})
    void receiptOfDisconnectIsTheLastFrame() {
        client.sends("SUBSCRIBE\nid:0\ndestination:/topic/a\n\n^@DISCONNECT\nreceipt:77\n\n^@");
        server.publish("/topic/a", "late");

        client.received().sent(RECEIPT, "receipt-id:77").closed(CloseReason.NORMAL);
    }

    @Test
    @StompItem({65, 81})
    void disconnectNeedsNoReceipt() {
        client.sends("DISCONNECT\n\n^@").received().isExhausted().closed(CloseReason.NORMAL);
    }

    @Test
    @StompItem({34, 65})
    void closeWaitsUntilTheReceiptIsWritten() {
        client.wire().hold();
        client.sends("BEGIN\ntransaction:t\nreceipt:1\n\n^@DISCONNECT\nreceipt:2\n\n^@")
                .received()
                .sent(RECEIPT, "receipt-id:1")
                .sent(RECEIPT, "receipt-id:2")
                .isOpen();
        client.wire().completeOne();

        client.received().closed(CloseReason.NORMAL);
    }

    @Test
    @StompItem(66)
    void framesAfterDisconnectAreIgnored() {
        client.sends("DISCONNECT\n\n^@SEND\ndestination:/app/a\nreceipt:1\n\n^@")
                .sends("GARBAGE\n\n^@");

        client.received().isExhausted().closed(CloseReason.NORMAL);
        assertThat(server.handlers.takeCalls()).containsExactly("connected session-1", "disconnected session-1");
    }

    @Test
    @StompItem({56, 65})
    void whatWasNotAcknowledgedReturnsAtDisconnect() {
        server.publish("/queue/a", "1");
        client.sends("SUBSCRIBE\nid:0\ndestination:/queue/a\nack:client\n\n^@")
                .received()
                .sent(MESSAGE);
        var other = server.connect("1.2").sends("SUBSCRIBE\nid:0\ndestination:/queue/a\n\n^@");
        client.sends("DISCONNECT\n\n^@");

        other.received().sent(MESSAGE, "redelivered:true");
    }

    @Test
    @StompItem(73)
    void framesReceivedBeforeALostConnectionAreStillProcessed() {
        var lost = queued.open();
        lost.sends("CONNECT\naccept-version:1.2\n\n^@");
        lost.sends("SEND\ndestination:/app/a\n\n1^@SEND\ndestination:/queue/a\n\n2^@");
        lost.vanishes();
        lost.sends("SEND\ndestination:/app/a\n\ntoo late^@");
        executor.runAll();

        assertThat(queued.handlers.takeCalls())
                .containsExactly("connected session-1", "handle session-1 /app/a 1", "disconnected session-1");
        lost.received().sent(CONNECTED);
        var other = queued.open();
        other.sends("CONNECT\naccept-version:1.2\n\n^@SUBSCRIBE\nid:0\ndestination:/queue/a\n\n^@");
        executor.runAll();
        other.received().sent(CONNECTED).sent(MESSAGE).withBody("2");
    }

    @Test
    @StompItem(73)
    void framesReceivedBeforeTheServerGoesAwayAreStillProcessed() {
        var busy = queued.open();
        busy.sends("CONNECT\naccept-version:1.2\n\n^@SEND\ndestination:/app/a\n\n1^@");
        busy.connection().goAway();
        executor.runAll();

        busy.received().sent(CONNECTED).closed(CloseReason.GOING_AWAY);
        assertThat(queued.handlers.takeCalls())
                .containsExactly("connected session-1", "handle session-1 /app/a 1", "disconnected session-1");
        assertThat(queued.registry.all()).isEmpty();
    }

    @Test
    @StompItem(81)
    void serverThatGoesAwaySaysSoAfterWhatWaits() {
        client.wire().hold();
        client.sends("BEGIN\ntransaction:t\nreceipt:1\n\n^@BEGIN\ntransaction:u\nreceipt:2\n\n^@");
        client.connection().goAway();
        client.received().isOpen();
        client.wire().release();

        client.received().sent(RECEIPT).sent(RECEIPT).closed(CloseReason.GOING_AWAY);
    }

    @Test
    @StompItem(81)
    void serverThatGoesAwayClosesOnesThatHaveNotConnected() {
        var newcomer = server.open();
        newcomer.connection().goAway();

        newcomer.received().closed(CloseReason.GOING_AWAY);
        assertThat(server.handlers.takeCalls()).containsExactly("connected session-1");
    }

    @Test
    @StompItem({33, 81})
    void refusedConnectionIsToldWhy() {
        var newcomer = server.open();
        newcomer.connection()
                .refuse(
                        new LimitExceededException("connections", 1, "connections", "stampede.x"),
                        CloseReason.TRY_AGAIN_LATER);
        newcomer.sends("CONNECT\naccept-version:1.2\n\n^@")
                .received()
                .sent(ERROR, "message:Limit exceeded: connections")
                .closed(CloseReason.TRY_AGAIN_LATER);
    }

    @Test
    @StompItem(81)
    void applicationMayEndASession() {
        server.registry.find("session-1").orElseThrow().disconnect().accept("Gone: for lunch");

        client.received()
                .sent(ERROR, "message:Gone: for lunch")
                .withBody("The application ended the session: Gone: for lunch\n")
                .isExhausted()
                .closed(CloseReason.POLICY);
        assertThat(server.handlers.takeCalls()).endsWith("disconnected session-1");
        assertThat(server.registry.all()).isEmpty();
    }

    @Test
    @StompItem(34)
    void closeThatCannotBeFlushedIsNotWaitedForForever() {
        client.wire().hold();
        client.sends("DISCONNECT\nreceipt:1\n\n^@").received().sent(RECEIPT).isOpen();
        client.waits(Duration.ofSeconds(21));

        client.received().closed(CloseReason.NORMAL);
    }
}
