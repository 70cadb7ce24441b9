package org.stampede.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.ERROR;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.stomp.Command.RECEIPT;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.testing.StompItem;
import org.stampede.transport.CloseReason;

/** STOMP 1.2, section ERROR. */
class ErrorsTest {

    @RegisterExtension
    final TestServer server = TestServer.direct();

    private final TestClient client = server.connect("1.2");

    @Test
    @StompItem({19, 21, 74, 76})
    void errorSaysWhatWasWrongAndWithWhichFrame() {
        client.sends("COMMIT\ntransaction:t\nreceipt:77\n\n^@");

        assertThat(client.wire().text())
                .endsWith("ERROR\nmessage:Unknown transaction\ncontent-type:text/plain\nreceipt-id:77\ntransaction:t\n"
                        + "content-length:52\n\nNo transaction of this id is open; BEGIN opens one.\n^@");
        client.received().sent(ERROR);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "SEND|destination:/topic/*; destination:/topic/*",
                "SUBSCRIBE|id:0|destination:/topic/a|ack:x; id:0",
                "UNSUBSCRIBE|id:9; id:9",
                "ACK|id:9; id:9",
                "ACK|message-id:9; message-id:9",
                "NACK|id:9|subscription:7; subscription:7",
                "ABORT|transaction:t; transaction:t"
            })
    @StompItem(76)
    void headersIdentifyTheCulprit(String frame, String header) {
        client.sends(frame.replace('|', '\n') + "\nreceipt:1\n\n^@").received().sent(ERROR, "receipt-id:1", header);
    }

    @Test
    @StompItem({11, 74, 76})
    void hostileValuesStayWithinTheirHeader() {
        client.sends("UNSUBSCRIBE\nid:x\\ndestination\\c/topic/a\\n\\nbody\nreceipt:a\\\\nb\\r\n\n^@");

        assertThat(client.wire().text())
                .contains("\nid:x\\ndestination\\c/topic/a\\n\\nbody\n")
                .contains("\nreceipt-id:a\\\\nb\\r\n");
        client.received().sent(ERROR, "id:x\ndestination:/topic/a\n\nbody", "receipt-id:a\\nb\r");
    }

    @Test
    @StompItem({9, 11, 76})
    void errorOfVersion11UsesItsEscapes() {
        var other = server.connect("1.1");
        other.sends("UNSUBSCRIBE\nid:a\\nb\\cc\rd\n\n^@");

        assertThat(other.wire().text()).contains("\nid:a\\nb\\cc d\n");
        other.received().sent(ERROR);
    }

    @Test
    @StompItem({9, 76})
    void errorOfVersion10HasNoEscapes() {
        var old = server.connect("1.0");
        old.sends("UNSUBSCRIBE\nid:a\\nb:c\n\n^@");

        assertThat(old.wire().text()).contains("\nid:a\\nb:c\n");
        old.received().sent(ERROR);
    }

    @Test
    @StompItem({45, 75})
    void framesAfterTheFaultyOneAreIgnored() {
        client.sends("SUBSCRIBE\nid:0\ndestination:/topic/a\n\n^@SEND\n\n^@SEND\ndestination:/app/a\nreceipt:1\n\n^@")
                .sends("DISCONNECT\nreceipt:2\n\n^@")
                .sends("GARBAGE\n\n^@");
        server.publish("/topic/a", "late");

        client.received().sent(ERROR, "message:Missing header destination").closed(CloseReason.PROTOCOL_ERROR);
        assertThat(server.handlers.takeCalls()).noneMatch(call -> call.startsWith("handle"));
    }

    @Test
    @StompItem({73, 75})
    void framesBeforeTheFaultyOneCount() {
        client.sends("SEND\ndestination:/queue/a\nreceipt:1\n\n1^@BEGIN\n\n^@")
                .received()
                .sent(RECEIPT, "receipt-id:1")
                .sent(ERROR);
        server.connect("1.2")
                .sends("SUBSCRIBE\nid:0\ndestination:/queue/a\n\n^@")
                .received()
                .sent(MESSAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.2"})
    @StompItem(75)
    void errorEndsTheConnectionInEachVersion(String version) {
        server.connect(version).sends("BEGIN\n\n^@").received().sent(ERROR).closed(CloseReason.PROTOCOL_ERROR);
    }

    @Test
    @StompItem(75)
    void closeWaitsUntilTheErrorIsWritten() {
        client.wire().hold();
        client.sends("BEGIN\n\n^@").received().sent(ERROR).isOpen();
        client.wire().completeOne();

        client.received().closed(CloseReason.PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECTED", "MESSAGE", "RECEIPT", "ERROR"})
    @StompItem(68)
    void commandsOfServersAreRefused(String command) {
        client.sends(command + "\nreceipt:1\n\n^@")
                .received()
                .sent(ERROR, "message:Unexpected command", "receipt-id:1")
                .withBodyContaining(command)
                .closed(CloseReason.PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"JUMP\n\n^@", "send\ndestination:/topic/a\n\n^@", "SEND\nx\n\n^@", "SEND\na:\\t\n\n^@"})
    @StompItem({4, 7, 10, 68, 81})
    void malformedFrameIsAnError(String frame) {
        client.sends(frame).received().sent(ERROR, "message:Malformed frame").closed(CloseReason.PROTOCOL_ERROR);
        assertThat(server.handlers.takeCalls()).endsWith("disconnected session-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1", "1.2"})
    @StompItem(6)
    void bodyWhereThereMayBeNoneIsAnError(String version) {
        server.connect(version)
                .sends("BEGIN\ntransaction:t\n\nbody^@")
                .received()
                .sent(ERROR, "message:Malformed frame")
                .withBodyContaining("BEGIN must not have a body")
                .closed(CloseReason.PROTOCOL_ERROR);
    }

    @Test
    @StompItem(6)
    void bodyWhereThereMayBeNoneIsIgnoredInVersion10() {
        server.connect("1.0")
                .sends("SUBSCRIBE\ndestination:/topic/a\nreceipt:1\n\nbody^@")
                .received()
                .sent(RECEIPT);
    }

    @Test
    @StompItem({15, 81})
    void frameThatIsTooLargeIsAnErrorThatNamesTheLimit() {
        client.sends("SEND\ndestination:/topic/a\n\n" + "x".repeat(4_001))
                .received()
                .sent(ERROR, "message:Limit exceeded: the body of a frame")
                .withBodyContaining("4000 octets (setting stampede.limit.body)")
                .closed(CloseReason.TOO_BIG);
    }

    @Test
    @StompItem({24, 74})
    void malformedFirstFrameIsAnError() {
        server.open()
                .sends("GET / HTTP/1.1\n\n^@")
                .received()
                .sent(ERROR, "message:Malformed frame")
                .closed(CloseReason.PROTOCOL_ERROR);
    }

    @Test
    @StompItem({74, 75})
    void otherSessionsGoOn() {
        var other = server.connect("1.2").sends("SUBSCRIBE\nid:0\ndestination:/topic/a\n\n^@");
        client.sends("SEND\ndestination:/topic/a\n\nlast words^@BEGIN\n\n^@")
                .received()
                .sent(ERROR);
        server.publish("/topic/a", "life goes on");

        other.received()
                .sent(MESSAGE)
                .withBody("last words")
                .sent(MESSAGE)
                .withBody("life goes on")
                .isOpen();
    }
}
