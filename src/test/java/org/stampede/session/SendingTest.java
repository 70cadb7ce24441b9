package org.stampede.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.ERROR;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.stomp.Command.RECEIPT;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.testing.StompItem;
import org.stampede.transport.CloseReason;

/** STOMP 1.2, section SEND. */
class SendingTest {

    @RegisterExtension
    final TestServer server = TestServer.direct();

    private final TestClient client = server.connect("1.2");

    @Test
    @StompItem({43, 45})
    void sendNeedsADestination() {
        client.sends("SEND\nreceipt:1\n\nhello^@")
                .received()
                .sent(ERROR, "message:Missing header destination", "receipt-id:1")
                .withBodyContaining("SEND needs a header destination")
                .closed(CloseReason.PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\\nb", "\u0001secret/queue/x", "a\\rb", "a\u007Fb", "a\u0085b", "\tb"})
    @StompItem({43, 45})
    void destinationHasCharactersAndNoControlCharacters(String destination) {
        client.sends("SEND\ndestination:" + destination + "\n\n^@")
                .received()
                .sent(ERROR, "message:Malformed destination")
                .closed(CloseReason.PROTOCOL_ERROR);
    }

    @Test
    @StompItem({15, 43})
    void destinationHasABound() {
        client.sends("SEND\ndestination:" + "x".repeat(1024) + "\nreceipt:1\n\n^@")
                .received()
                .sent(RECEIPT);
        client.sends("SEND\ndestination:" + "x".repeat(1025) + "\n\n^@")
                .received()
                .sent(ERROR, "message:Malformed destination")
                .withBodyContaining("1024");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/topic/*", "/topic/a.*.b", "/topic/**", "/topic/#", "/topic/>", "*", "/app/*"})
    @StompItem(45)
    void wildcardInASendIsAnError(String destination) {
        client.sends("SEND\ndestination:" + destination + "\n\n^@")
                .received()
                .sent(ERROR, "message:Wildcard in SEND", "destination:" + destination)
                .closed(CloseReason.PROTOCOL_ERROR);
        assertThat(server.handlers.takeCalls()).containsOnly("connected session-1", "disconnected session-1");
    }

    @Test
    @StompItem({44, 69, 71})
    void userHeadersReachTheMessageAndOthersDoNot() {
        client.sends("SUBSCRIBE\nid:mine\ndestination:/topic/a\n\n^@");
        client.sends("SEND\ndestination:/topic/a\nreceipt:1\nx-colour:light\\cblue\ncontent-type:text/plain\n"
                        + "subscription:forged\nmessage-id:forged\nack:forged\nempty:\n\nhello^@")
                .received()
                .sent(
                        MESSAGE,
                        "destination:/topic/a",
                        "subscription:mine",
                        "x-colour:light:blue",
                        "content-type:text/plain",
                        "empty:")
                .withBody("hello")
                .without("receipt")
                .without("ack")
                .sent(RECEIPT, "receipt-id:1");
        assertThat(client.wire().text()).doesNotContain("forged");
    }

    @Test
    @StompItem(44)
    void repeatedUserHeadersKeepTheirOrder() {
        client.sends(
                "SUBSCRIBE\nid:0\ndestination:/topic/a\n\n^@SEND\ndestination:/topic/a\ncolour:red\ncolour:blue\n\n^@");

        assertThat(client.next().headers().all("colour")).containsExactly("red", "blue");
    }

    @Test
    @StompItem({44, 73})
    void messagesOfOneSenderArriveInOrder() {
        var other = server.connect("1.1");
        other.sends("SUBSCRIBE\nid:0\ndestination:/topic/**\n\n^@");
        for (int i = 0; i < 20; i++) {
            client.sends("SEND\ndestination:/topic/" + i % 3 + "\n\n" + i + "^@");
        }
        for (int i = 0; i < 20; i++) {
            other.received().sent(MESSAGE, "destination:/topic/" + i % 3).withBody(String.valueOf(i));
        }
    }

    @Test
    @StompItem({44, 82})
    void bodyMayHoldNulsAndBeEmpty() {
        client.sends("SUBSCRIBE\nid:0\ndestination:/topic/a\n\n^@");
        client.sends("SEND\ndestination:/topic/a\ncontent-length:3\n\na^@b^@SEND\ndestination:/topic/a\n\n^@")
                .received()
                .sent(MESSAGE)
                .withBody("a\0b")
                .sent(MESSAGE)
                .withBody("");
    }

    @Test
    @StompItem(43)
    void handledDestinationGoesToItsHandlerOnly() {
        client.sends("SUBSCRIBE\nid:0\ndestination:/app/**\n\n^@SEND\ndestination:/app/x\nreceipt:1\n\nhello^@")
                .received()
                .sent(RECEIPT, "receipt-id:1");

        assertThat(server.handlers.takeCalls())
                .containsExactly(
                        "connected session-1", "subscribed session-1 /app/**", "handle session-1 /app/x hello");
    }

    @Test
    @StompItem({8, 43})
    void headersAreNotTrimmed() {
        client.sends("SEND\ndestination :/topic/a\n\n^@").received().sent(ERROR, "message:Missing header destination");
    }
}
