package org.stampede.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.ERROR;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.stomp.Command.RECEIPT;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.testing.StompItem;
import org.stampede.transport.CloseReason;

/** STOMP 1.2, sections BEGIN, COMMIT and ABORT. */
class TransactionsTest {

    @RegisterExtension
    final TestServer server = TestServer.direct();

    private final TestClient client = server.connect("1.2");
    private final TestClient listener = server.connect("1.2");

    @BeforeEach
    void listen() {
        listener.sends("SUBSCRIBE\nid:0\ndestination:/topic/**\n\n^@");
        server.handlers.takeCalls();
    }

    private static String send(String destination, String body) {
        return "SEND\ndestination:" + destination + "\ntransaction:t\n\n" + body + "^@";
    }

    @ParameterizedTest
    @ValueSource(strings = {"BEGIN", "COMMIT", "ABORT"})
    @StompItem(60)
    void transactionHeaderIsRequired(String command) {
        client.sends(command + "\nreceipt:1\n\n^@")
                .received()
                .sent(ERROR, "message:Missing header transaction", "receipt-id:1")
                .closed(CloseReason.PROTOCOL_ERROR);
    }

    @Test
    @StompItem(61)
    void idOfALiveTransactionIsAnError() {
        client.sends("BEGIN\ntransaction:t\n\n^@BEGIN\ntransaction:t\nreceipt:1\n\n^@")
                .received()
                .sent(ERROR, "message:Transaction exists", "receipt-id:1", "transaction:t")
                .closed(CloseReason.PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMMIT", "ABORT"})
    @StompItem(61)
    void idMayBeUsedAgainAndByOthers(String end) {
        client.sends("BEGIN\ntransaction:t\n\n^@" + end + "\ntransaction:t\n\n^@BEGIN\ntransaction:t\nreceipt:1\n\n^@")
                .received()
                .sent(RECEIPT);
        listener.sends("BEGIN\ntransaction:t\nreceipt:1\n\n^@").received().sent(RECEIPT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COMMIT\ntransaction:t\n\n^@",
                "ABORT\ntransaction:t\n\n^@",
                "SEND\ndestination:/topic/a\ntransaction:t\n\n^@",
                "SEND\ndestination:/app/a\ntransaction:t\n\n^@",
                "ACK\nid:7\ntransaction:t\n\n^@",
                "NACK\nid:7\ntransaction:t\n\n^@"
            })
    @StompItem({62, 63})
    void unknownTransactionIsAnError(String frame) {
        client.sends(frame)
                .received()
                .sent(ERROR, "message:Unknown transaction", "transaction:t")
                .closed(CloseReason.PROTOCOL_ERROR);
        assertThat(server.handlers.takeCalls()).containsExactly("disconnected session-1");
    }

    @Test
    @StompItem(62)
    void transactionOfAnotherSessionIsUnknown() {
        listener.sends("BEGIN\ntransaction:t\n\n^@");
        client.sends(send("/topic/a", "1")).received().sent(ERROR, "message:Unknown transaction");
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMMIT", "ABORT"})
    @StompItem(62)
    void transactionEndsOnce(String end) {
        client.sends("BEGIN\ntransaction:t\n\n^@" + end + "\ntransaction:t\n\n^@" + end + "\ntransaction:t\n\n^@")
                .received()
                .sent(ERROR, "message:Unknown transaction");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.2"})
    @StompItem(63)
    void nothingIsSeenBeforeCommitAndAllInOrderAfterIt(String version) {
        var sender = server.connect(version);
        server.handlers.takeCalls();
        sender.sends(
                "BEGIN\ntransaction:t\n\n^@" + send("/topic/a", "1") + send("/app/a", "2") + send("/topic/b", "3"));
        listener.received().isExhausted();
        assertThat(server.handlers.takeCalls()).isEmpty();

        sender.sends("COMMIT\ntransaction:t\n\n^@");
        listener.received()
                .sent(MESSAGE, "destination:/topic/a")
                .withBody("1")
                .without("transaction")
                .sent(MESSAGE, "destination:/topic/b")
                .withBody("3");
        assertThat(server.handlers.takeCalls()).containsExactly("handle session-3 /app/a 2");
    }

    @Test
    @StompItem(63)
    void framesOutsideOfTheTransactionGoTheirWay() {
        client.sends("BEGIN\ntransaction:t\n\n^@BEGIN\ntransaction:u\n\n^@" + send("/topic/a", "held"))
                .sends("SEND\ndestination:/topic/a\n\nfree^@COMMIT\ntransaction:u\n\n^@");

        listener.received().sent(MESSAGE).withBody("free");
    }

    @Test
    @StompItem(63)
    void emptyTransactionMayBeCommitted() {
        client.sends("BEGIN\ntransaction:t\n\n^@COMMIT\ntransaction:t\nreceipt:1\n\n^@")
                .received()
                .sent(RECEIPT, "receipt-id:1");
    }

    @Test
    @StompItem({63, 67})
    void receiptOfAHeldFrameComesAtOnce() {
        client.sends("BEGIN\ntransaction:t\nreceipt:1\n\n^@"
                        + "SEND\ndestination:/topic/a\ntransaction:t\nreceipt:2\n\n^@"
                        + "COMMIT\ntransaction:t\nreceipt:3\n\n^@")
                .received()
                .sent(RECEIPT, "receipt-id:1")
                .sent(RECEIPT, "receipt-id:2")
                .sent(RECEIPT, "receipt-id:3");
        listener.received().sent(MESSAGE).without("receipt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ABORT\ntransaction:t\n\n^@", "DISCONNECT\n\n^@", "SEND\n\n^@", "BEGIN\n"})
    @StompItem({63, 64})
    void nothingIsSeenAfterAbortOrTheEndOfTheSession(String end) {
        client.sends("BEGIN\ntransaction:t\n\n^@" + send("/topic/a", "1") + send("/app/a", "2") + end);
        client.vanishes();

        assertThat(server.handlers.takeCalls()).doesNotContain("handle session-1 /app/a 2");
        client.wire().skipAll();
    }

    private String oneMessage(String subscription) {
        server.publish("/queue/a", "1");
        client.sends("SUBSCRIBE\nid:s\ndestination:/queue/a\nack:" + subscription + "\n\n^@");
        return client.next().header("ack").orElseThrow();
    }

    private TestClient other() {
        return server.connect("1.2").sends("SUBSCRIBE\nid:0\ndestination:/queue/a\n\n^@");
    }

    @Test
    @StompItem(63)
    void ackTakesEffectAtCommit() {
        String id = oneMessage("client");
        client.sends("BEGIN\ntransaction:t\n\n^@ACK\nid:" + id + "\ntransaction:t\nreceipt:1\n\n^@")
                .received()
                .sent(RECEIPT, "receipt-id:1");
        client.sends("COMMIT\ntransaction:t\n\n^@").vanishes();

        other().received().isExhausted();
    }

    @Test
    @StompItem({63, 64})
    void ackOfALostTransactionHasNoEffect() {
        String id = oneMessage("client");
        client.sends("BEGIN\ntransaction:t\n\n^@ACK\nid:" + id + "\ntransaction:t\n\n^@")
                .vanishes();

        other().received().sent(MESSAGE, "redelivered:true").withBody("1");
    }

    @Test
    @StompItem(63)
    void ackMayComeAgainAfterAbort() {
        String id = oneMessage("client");
        client.sends("BEGIN\ntransaction:t\n\n^@ACK\nid:" + id + "\ntransaction:t\n\n^@ABORT\ntransaction:t\n\n^@"
                        + "ACK\nid:" + id + "\nreceipt:1\n\n^@")
                .received()
                .sent(RECEIPT);
    }

    @Test
    @StompItem(63)
    void nackTakesEffectAtCommit() {
        String id = oneMessage("client-individual");
        client.sends("BEGIN\ntransaction:t\n\n^@NACK\nid:" + id + "\ntransaction:t\n\n^@")
                .received()
                .isExhausted();
        client.sends("COMMIT\ntransaction:t\n\n^@")
                .received()
                .sent(MESSAGE, "redelivered:true")
                .withBody("1");
    }

    @Test
    @StompItem(63)
    void commitThatTheBrokerRefusesDoesNothing() {
        client.sends("BEGIN\ntransaction:t\n\n^@" + send("/topic/a", "1") + send("/app/a", "2")
                        + "ACK\nid:nobody\ntransaction:t\n\n^@COMMIT\ntransaction:t\nreceipt:1\n\n^@")
                .received()
                .sent(ERROR, "message:Unknown message", "receipt-id:1", "transaction:t");
        assertThat(server.handlers.takeCalls()).containsExactly("disconnected session-1");
    }

    @Test
    @StompItem(63)
    void commitWithAMalformedUserDestinationDoesNothing() {
        client.sends("BEGIN\ntransaction:t\n\n^@" + send("/topic/a", "1") + send("/user/nobody", "2")
                        + "COMMIT\ntransaction:t\n\n^@")
                .received()
                .sent(ERROR, "message:Malformed destination");
    }

    @Test
    @StompItem({15, 61})
    void openTransactionsHaveALimit() {
        client.sends("BEGIN\ntransaction:1\n\n^@BEGIN\ntransaction:2\n\n^@ABORT\ntransaction:1\n\n^@"
                        + "BEGIN\ntransaction:3\nreceipt:1\n\n^@")
                .received()
                .sent(RECEIPT);
        client.sends("BEGIN\ntransaction:4\n\n^@")
                .received()
                .sent(ERROR, "message:Limit exceeded: open transactions", "transaction:4")
                .withBodyContaining("2 transactions (setting stampede.limit.transactions)")
                .closed(CloseReason.POLICY);
    }

    @Test
    @StompItem({15, 63})
    void framesOfATransactionHaveALimit() {
        client.sends("BEGIN\ntransaction:t\n\n^@" + send("/topic/a", "").repeat(4))
                .received()
                .isOpen();
        client.sends(send("/topic/a", ""))
                .received()
                .sent(ERROR, "message:Limit exceeded: frames in a transaction")
                .withBodyContaining("4 frames (setting stampede.limit.transaction-frames)")
                .closed(CloseReason.POLICY);
    }

    @Test
    @StompItem({15, 63})
    void octetsOfAllTransactionsTogetherHaveALimit() {
        client.sends("BEGIN\ntransaction:t\n\n^@BEGIN\ntransaction:u\n\n^@" + send("/topic/a", "x".repeat(1_000)));
        client.sends(send("/topic/a", "x".repeat(700)).replace("transaction:t", "transaction:u"))
                .received()
                .sent(ERROR, "message:Limit exceeded: octets in open transactions")
                .withBodyContaining("2000 octets (setting stampede.limit.transaction-octets)")
                .closed(CloseReason.POLICY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMMIT", "ABORT"})
    @StompItem({15, 63})
    void endOfATransactionMakesRoom(String end) {
        for (int i = 0; i < 3; i++) {
            client.sends(
                    "BEGIN\ntransaction:t\n\n^@" + send("/queue/a", "x".repeat(600)) + end + "\ntransaction:t\n\n^@");
        }
        client.received().isOpen();
    }
}
