package org.stampede.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.ERROR;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.stomp.Command.RECEIPT;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.stomp.Frame;
import org.stampede.testing.StompItem;
import org.stampede.transport.CloseReason;

/** STOMP 1.2, sections ACK and NACK, and what differs in 1.0 and 1.1. */
class AcknowledgingTest {

    @RegisterExtension
    final TestServer server = TestServer.direct();

    /** A client that has received as many messages, with the bodies 0, 1, and so on. */
    private TestClient consumer(String version, String mode, int messages) {
        for (int i = 0; i < messages; i++) {
            server.publish("/queue/a", String.valueOf(i));
        }
        return server.connect(version).sends("SUBSCRIBE\nid:mine\ndestination:/queue/a\nack:" + mode + "\n\n^@");
    }

    private static String header(Frame message, String name) {
        return message.header(name).orElseThrow();
    }

    /** The bodies of what nobody has consumed. */
    private List<String> left() {
        var next = server.connect("1.2").sends("SUBSCRIBE\nid:0\ndestination:/queue/a\n\n^@");
        var bodies = new ArrayList<String>();
        next.wire().frames().stream().skip(1).forEach(message -> bodies.add(message.bodyText()));
        next.wire().skipAll();
        return bodies;
    }

    @Test
    @StompItem({58, 70})
    void ackOfVersion12NamesTheAckHeader() {
        var client = consumer("1.2", "client-individual", 1);
        String ack = header(client.next(), "ack");
        client.sends("ACK\nid:" + ack + "\nreceipt:1\n\n^@").received().sent(RECEIPT, "receipt-id:1");
        client.vanishes();

        assertThat(left()).isEmpty();
    }

    @Test
    @StompItem({58, 70})
    void ackOfVersion11NamesMessageIdAndSubscription() {
        var client = consumer("1.1", "client-individual", 1);
        client.received().sent(MESSAGE, "subscription:mine").without("ack");
        String id = header(client.wire().frames().get(1), "message-id");
        client.sends("ACK\nmessage-id:" + id + "\nsubscription:mine\nreceipt:1\n\n^@")
                .received()
                .sent(RECEIPT);
        client.vanishes();

        assertThat(left()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "id:mine\n"})
    @StompItem({58, 70})
    void ackOfVersion10NamesMessageId(String idHeader) {
        server.publish("/queue/a", "0");
        var client = server.connect("1.0").sends("SUBSCRIBE\n" + idHeader + "destination:/queue/a\nack:client\n\n^@");
        client.received().sent(MESSAGE).without("ack");
        String id = header(client.wire().frames().get(1), "message-id");
        client.sends("ACK\nmessage-id:" + id + "\nreceipt:1\n\n^@").received().sent(RECEIPT);
        client.vanishes();

        assertThat(left()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, id:%s",
        "1.1, id:%s",
        "1.1, id:%s;subscription:mine",
        "1.2, message-id:%s",
        "1.2, message-id:%s;subscription:mine",
        "1.2, id:%s;subscription:mine"
    })
    @StompItem(58)
    void formsOfOtherVersionsAreUnderstood(String version, String form) {
        var client = consumer(version, "client", 1);
        String id = header(client.next(), "message-id");
        client.sends("ACK\n" + form.formatted(id).replace(';', '\n') + "\nreceipt:1\n\n^@")
                .received()
                .sent(RECEIPT);
        client.vanishes();

        assertThat(left()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, subscription:mine, message-id",
        "1.1, subscription:mine, message-id",
        "1.1, message-id:7, subscription",
        "1.2, subscription:mine, id"
    })
    @StompItem(58)
    void ackNeedsTheHeadersOfItsVersion(String version, String header, String missing) {
        server.connect(version)
                .sends("ACK\n" + header + "\nreceipt:1\n\n^@")
                .received()
                .sent(ERROR, "message:Missing header " + missing, "receipt-id:1")
                .withBodyContaining("ACK needs a header " + missing)
                .closed(CloseReason.PROTOCOL_ERROR);
    }

    @Test
    @StompItem(58)
    void ackOfTheWrongSubscriptionIsAnError() {
        var client = consumer("1.1", "client", 1);
        String id = header(client.next(), "message-id");
        client.sends("SUBSCRIBE\nid:other\ndestination:/topic/b\n\n^@ACK\nmessage-id:" + id
                        + "\nsubscription:other\n\n^@")
                .received()
                .sent(ERROR, "subscription:other", "message-id:" + id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACK", "NACK"})
    @StompItem({58, 76})
    void acknowledgementOfAnUnknownMessageIsAnError(String command) {
        consumer("1.2", "client", 0)
                .sends(command + "\nid:nobody\nreceipt:1\n\n^@")
                .received()
                .sent(ERROR, "message:Unknown message", "receipt-id:1", "id:nobody");
    }

    @ParameterizedTest
    @CsvSource({"ACK, ACK", "ACK, NACK", "NACK, NACK", "NACK, ACK"})
    @StompItem({55, 58})
    void acknowledgingTwiceIsAnError(String first, String second) {
        var client = consumer("1.2", "client-individual", 1);
        String id = header(client.next(), "ack");
        client.sends(first + "\nid:" + id + "\nrequeue:false\nreceipt:1\n\n^@" + second + "\nid:" + id
                        + "\nreceipt:2\n\n^@")
                .received()
                .sent(RECEIPT, "receipt-id:1")
                .sent(ERROR, "message:Unknown message", "receipt-id:2");
    }

    @Test
    @StompItem({53, 58})
    void messageOfAnAutoSubscriptionHasNothingToAcknowledge() {
        var client = consumer("1.2", "auto", 1);
        Frame message = client.next();

        client.sends("ACK\nid:" + header(message, "message-id") + "\n\n^@")
                .received()
                .sent(ERROR);
    }

    @Test
    @StompItem({55, 56})
    void messageOfAnotherSessionCannotBeAcknowledged() {
        var client = consumer("1.2", "client", 1);
        String id = header(client.next(), "ack");
        consumer("1.2", "client", 0)
                .sends("ACK\nid:" + id + "\n\n^@")
                .received()
                .sent(ERROR, "message:Unknown message");

        client.sends("ACK\nid:" + id + "\nreceipt:1\n\n^@").received().sent(RECEIPT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.2"})
    @StompItem(54)
    void clientModeIsCumulative(String version) {
        var client = consumer(version, "client", 4);
        client.received().sent(MESSAGE).sent(MESSAGE);
        String third = header(client.next(), "message-id");
        client.received().sent(MESSAGE);
        client.sends("ACK\n" + (version.equals("1.2") ? "id:" : "subscription:mine\nmessage-id:") + third + "\n\n^@")
                .vanishes();

        assertThat(left()).containsExactly("3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1", "1.2"})
    @StompItem(55)
    void clientIndividualModeIsNot(String version) {
        var client = consumer(version, "client-individual", 4);
        client.received().sent(MESSAGE).sent(MESSAGE);
        String third = header(client.next(), "message-id");
        client.received().sent(MESSAGE);
        client.sends("ACK\n" + (version.equals("1.2") ? "id:" : "subscription:mine\nmessage-id:") + third + "\n\n^@")
                .vanishes();

        assertThat(left()).containsExactly("0", "1", "3");
    }

    @Test
    @StompItem(54)
    void cumulativeAckLeavesOtherSubscriptionsAlone() {
        server.publish("/queue/b", "b");
        var client = server.connect("1.2").sends("SUBSCRIBE\nid:b\ndestination:/queue/b\nack:client\n\n^@");
        client.received().sent(MESSAGE, "subscription:b");
        server.publish("/queue/a", "a");
        client.sends("SUBSCRIBE\nid:a\ndestination:/queue/a\nack:client\n\n^@");
        client.sends("ACK\nid:" + header(client.next(), "ack") + "\n\n^@").vanishes();

        server.connect("1.2")
                .sends("SUBSCRIBE\nid:0\ndestination:/queue/b\n\n^@")
                .received()
                .sent(MESSAGE, "redelivered:true")
                .withBody("b");
    }

    @Test
    @StompItem({56, 77})
    void whatWasNotAcknowledgedGoesToAnotherClient() {
        var client = consumer("1.2", "client", 2);
        client.received().sent(MESSAGE).sent(MESSAGE);
        var other = server.connect("1.2").sends("SUBSCRIBE\nid:0\ndestination:/queue/a\n\n^@");
        client.vanishes();

        other.received()
                .sent(MESSAGE, "redelivered:true")
                .withBody("0")
                .sent(MESSAGE, "redelivered:true")
                .withBody("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1", "1.2"})
    @StompItem(59)
    void nackGivesTheMessageBack(String version) {
        var client = consumer(version, "client-individual", 1);
        String id = header(client.next(), "message-id");
        client.sends("NACK\nid:" + id + "\nreceipt:1\n\n^@");

        assertThat(client.wire().frames().subList(2, 4))
                .extracting(frame -> frame.command().name())
                .containsExactlyInAnyOrder("RECEIPT", "MESSAGE");
        client.wire().skipAll();
    }

    @Test
    @StompItem(59)
    void nackIsCumulativeInClientMode() {
        var client = consumer("1.2", "client", 3);
        client.received().sent(MESSAGE);
        String second = header(client.next(), "ack");
        client.received().sent(MESSAGE);
        client.sends("NACK\nid:" + second + "\nrequeue:false\n\n^@").vanishes();

        assertThat(left()).containsExactly("2");
    }

    @Test
    @StompItem({59, 68})
    void thereIsNoNackInVersion10() {
        var client = consumer("1.0", "client", 1);
        String id = header(client.next(), "message-id");
        client.sends("NACK\nmessage-id:" + id + "\n\n^@")
                .received()
                .sent(ERROR, "message:Unknown command")
                .withBodyContaining("no NACK in STOMP 1.0")
                .closed(CloseReason.PROTOCOL_ERROR);
    }
}
