package org.stampede.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.ERROR;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.stomp.Command.RECEIPT;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stampede.testing.StompItem;
import org.stampede.transport.CloseReason;

/** Sessions of a broker that answers later, such as one behind a relay. */
class LaterBrokerTest {

    @RegisterExtension
    final TestServer server = TestServer.behind(LaterBroker::new);

    private final LaterBroker broker = (LaterBroker) server.broker;
    private final TestClient client = server.connect("1.2");

    @BeforeEach
    void forgetConnected() {
        server.handlers.takeCalls();
    }

    @Test
    @StompItem({67, 72})
    void receiptWaitsForTheBroker() {
        client.sends("SUBSCRIBE\nid:0\ndestination:/topic/a\nreceipt:1\n\n^@"
                        + "SEND\ndestination:/topic/a\nreceipt:2\n\nhello^@")
                .received()
                .isExhausted();
        assertThat(server.handlers.takeCalls()).isEmpty();
        broker.answerOne();
        client.received().sent(RECEIPT, "receipt-id:1").isExhausted();
        assertThat(server.handlers.takeCalls()).containsExactly("subscribed session-1 /topic/a");
        broker.answerOne();

        client.received().sent(MESSAGE).sent(RECEIPT, "receipt-id:2");
    }

    @Test
    @StompItem(72)
    void receiptOfARequestWaitsForItsTemporaryQueueToo() {
        client.sends("SEND\ndestination:/topic/a\nreply-to:/temp-queue/r\nreceipt:1\n\nask^@")
                .received()
                .isExhausted();
        broker.answerOne();
        client.received().isExhausted();
        broker.answerOne();

        client.received().sent(RECEIPT, "receipt-id:1").isExhausted();
        client.sends("UNSUBSCRIBE\nid:/temp-queue/r\nreceipt:2\n\n^@")
                .received()
                .isExhausted();
        broker.answerOne();
        client.received().sent(RECEIPT, "receipt-id:2");
    }

    @Test
    @StompItem({51, 52})
    void unsubscribeMayFollowItsSubscribeAtOnce() {
        client.sends("SUBSCRIBE\nid:0\ndestination:/topic/a\nreceipt:1\n\n^@UNSUBSCRIBE\nid:0\nreceipt:2\n\n^@"
                        + "SUBSCRIBE\nid:0\ndestination:/topic/b\nreceipt:3\n\n^@")
                .received()
                .isOpen();
        broker.answerAll();

        client.received()
                .sent(RECEIPT, "receipt-id:1")
                .sent(RECEIPT, "receipt-id:2")
                .sent(RECEIPT, "receipt-id:3")
                .isOpen();
        assertThat(server.handlers.takeCalls())
                .containsExactly(
                        "subscribed session-1 /topic/a",
                        "unsubscribed session-1 /topic/a",
                        "subscribed session-1 /topic/b");
    }

    @Test
    @StompItem(47)
    void idIsTakenFromTheSubscribeOn() {
        client.sends("SUBSCRIBE\nid:0\ndestination:/topic/a\n\n^@SUBSCRIBE\nid:0\ndestination:/topic/b\n\n^@")
                .received()
                .sent(ERROR, "message:Subscription exists")
                .closed(CloseReason.PROTOCOL_ERROR);
    }

    @Test
    @StompItem(15)
    void limitHoldsFromTheSubscribeOn() {
        for (int i = 0; i < 4; i++) {
            client.sends("SUBSCRIBE\nid:" + i + "\ndestination:/topic/a\n\n^@");
        }
        client.received().sent(ERROR, "message:Limit exceeded: subscriptions of a session");
    }

    @Test
    @StompItem(52)
    void subscriptionThatNeverBeganIsNeverTold() {
        client.sends("SUBSCRIBE\nid:0\ndestination:/topic/a\nreceipt:1\n\n^@").vanishes();
        broker.answerAll();

        assertThat(server.handlers.takeCalls()).containsExactly("disconnected session-1");
    }

    @Test
    @StompItem(52)
    void subscriptionWhoseEndIsUnderWayIsToldToHaveEnded() {
        client.sends("SUBSCRIBE\nid:0\ndestination:/topic/a\n\n^@");
        broker.answerAll();
        client.sends("UNSUBSCRIBE\nid:0\n\n^@").vanishes();
        broker.answerAll();

        assertThat(server.handlers.takeCalls())
                .containsExactly(
                        "subscribed session-1 /topic/a", "unsubscribed session-1 /topic/a", "disconnected session-1");
    }

    /** A broker that is away answers a SUBSCRIBE when it is back, and who leaves does not want it any more. */
    @Test
    @StompItem({65, 81})
    void disconnectDoesNotWaitForSubscriptions() {
        client.sends("SUBSCRIBE\nid:0\ndestination:/topic/a\nreceipt:1\n\n^@DISCONNECT\nreceipt:77\n\n^@")
                .received()
                .sent(RECEIPT, "receipt-id:77")
                .closed(CloseReason.NORMAL);
        broker.answerAll();
        assertThat(server.handlers.takeCalls()).containsExactly("disconnected session-1");
    }

    @Test
    @StompItem({65, 72, 81})
    void disconnectWaitsForWhatWasSaidBeforeIt() {
        client.sends("SUBSCRIBE\nid:0\ndestination:/topic/a\n\n^@");
        broker.answerAll();
        client.sends("SEND\ndestination:/topic/b\nreceipt:2\n\nhello^@SUBSCRIBE\nid:1\ndestination:/topic/b\n\n^@"
                        + "UNSUBSCRIBE\nid:0\nreceipt:3\n\n^@SUBSCRIBE\nid:2\ndestination:/topic/b\n\n^@"
                        + "DISCONNECT\nreceipt:77\n\n^@")
                .received()
                .isOpen();
        broker.answerAll();

        client.received()
                .sent(RECEIPT, "receipt-id:2")
                .sent(RECEIPT, "receipt-id:3")
                .sent(RECEIPT, "receipt-id:77")
                .closed(CloseReason.NORMAL);
    }

    @Test
    @StompItem({49, 76})
    void refusalThatComesLaterIsAnError() {
        client.sends("SUBSCRIBE\nid:0\ndestination:/queue/*\nreceipt:1\n\n^@");
        broker.answerAll();

        client.received()
                .sent(ERROR, "receipt-id:1", "destination:/queue/*", "id:0")
                .closed(CloseReason.PROTOCOL_ERROR);
        assertThat(server.handlers.takeCalls()).containsExactly("disconnected session-1");
    }

    @Test
    @StompItem({63, 72})
    void commitWaitsForTheBroker() {
        client.sends("BEGIN\ntransaction:t\n\n^@SEND\ndestination:/topic/a\ntransaction:t\n\n^@"
                        + "SEND\ndestination:/app/a\ntransaction:t\n\n^@COMMIT\ntransaction:t\nreceipt:1\n\n^@")
                .received()
                .isExhausted();
        assertThat(server.handlers.takeCalls()).isEmpty();
        broker.answerAll();

        client.received().sent(RECEIPT, "receipt-id:1");
        assertThat(server.handlers.takeCalls()).containsExactly("handle session-1 /app/a ");
    }

    @Test
    @StompItem({63, 64})
    void commitThatIsRefusedLaterLeavesTheHandlersAlone() {
        client.sends("BEGIN\ntransaction:t\n\n^@ACK\nid:nobody\ntransaction:t\n\n^@"
                + "SEND\ndestination:/app/a\ntransaction:t\n\n^@COMMIT\ntransaction:t\nreceipt:1\n\n^@");
        broker.answerAll();

        client.received().sent(ERROR, "message:Unknown message", "receipt-id:1");
        assertThat(server.handlers.takeCalls()).containsExactly("disconnected session-1");
    }

    @Test
    @StompItem(81)
    void whoIsSentAwayIsToldWhenTheBrokerKnows() {
        client.connection().goAway();
        client.received().isOpen();
        broker.answerAll();
        client.received().closed(CloseReason.GOING_AWAY);
    }

    @Test
    @StompItem(81)
    void whoIsSentAwayIsToldEvenIfTheBrokerNeverKnows() {
        client.connection().goAway();
        client.connection().sayGoodBye();
        client.received().closed(CloseReason.GOING_AWAY);
        broker.answerAll();
        client.received().isExhausted();
    }
}
