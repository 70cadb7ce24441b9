package org.stampede.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.RECEIPT;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.testing.StompItem;

/** STOMP 1.2, sections receipt Header and RECEIPT. */
class ReceiptsTest {

    @RegisterExtension
    final TestServer server = TestServer.direct();

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.2"})
    @StompItem({67, 72})
    void eachFrameButConnectIsAnswered(String version) {
        server.publish("/queue/a", "1");
        server.publish("/queue/b", "2");
        var client = server.connect(version);
        client.sends("SUBSCRIBE\nreceipt:subscribe\nid:a\ndestination:/queue/a\nack:client\n\n^@"
                        + "SUBSCRIBE\nid:b\ndestination:/queue/b\nack:client\n\n^@")
                .received()
                .sent(RECEIPT, "receipt-id:subscribe");
        String first = client.next().header("message-id").orElseThrow();
        String second = client.next().header("message-id").orElseThrow();
        client.sends("SEND\nreceipt:send\ndestination:/topic/a\n\n^@"
                + "SEND\nreceipt:handled\ndestination:/app/a\n\n^@"
                + "BEGIN\nreceipt:begin\ntransaction:t\n\n^@"
                + "COMMIT\nreceipt:commit\ntransaction:t\n\n^@"
                + "BEGIN\ntransaction:t\n\n^@"
                + "ABORT\nreceipt:abort\ntransaction:t\n\n^@"
                + ack("ACK", first, "a")
                + (version.equals("1.0") ? "" : ack("NACK", second, "b\nrequeue:false"))
                + "UNSUBSCRIBE\nreceipt:unsubscribe\nid:a\n\n^@"
                + "DISCONNECT\nreceipt:disconnect\n\n^@");
        var received = client.received()
                .sent(RECEIPT, "receipt-id:send")
                .sent(RECEIPT, "receipt-id:handled")
                .sent(RECEIPT, "receipt-id:begin")
                .sent(RECEIPT, "receipt-id:commit")
                .sent(RECEIPT, "receipt-id:abort")
                .sent(RECEIPT, "receipt-id:ACK");
        if (!version.equals("1.0")) {
            received.sent(RECEIPT, "receipt-id:NACK");
        }
        received.sent(RECEIPT, "receipt-id:unsubscribe").sent(RECEIPT, "receipt-id:disconnect");
    }

    private static String ack(String command, String id, String subscription) {
        return command + "\nreceipt:" + command + "\nmessage-id:" + id + "\nsubscription:" + subscription + "\n\n^@";
    }

    @Test
    @StompItem(67)
    void receiptIdIsTheReceiptWhateverItHolds() {
        server.connect("1.2")
                .sends("BEGIN\nreceipt: a\\c\\n\\r\\\\\u00e9 \ntransaction:t\n\n^@")
                .received()
                .sent(RECEIPT, "receipt-id: a:\n\r\\\u00e9 ");
    }

    @Test
    @StompItem({11, 67})
    void receiptIdIsEscapedAgain() {
        var client = server.connect("1.2");
        client.sends("BEGIN\nreceipt:a\\cb\\nevil\\cyes\\r\\\\\ntransaction:t\n\n^@")
                .received()
                .sent(RECEIPT);

        assertThat(client.wire().text()).endsWith("RECEIPT\nreceipt-id:a\\cb\\nevil\\cyes\\r\\\\\n\n^@");
    }

    @Test
    @StompItem(67)
    void emptyReceiptIsAReceiptToo() {
        server.connect("1.2")
                .sends("BEGIN\nreceipt:\ntransaction:t\n\n^@")
                .received()
                .sent(RECEIPT, "receipt-id:");
    }

    @Test
    @StompItem(67)
    void withoutReceiptThereIsNoAnswer() {
        server.connect("1.2")
                .sends("BEGIN\ntransaction:t\n\n^@SEND\ndestination:/topic/a\n\n^@ABORT\ntransaction:t\n\n^@")
                .received()
                .isExhausted();
    }
}
