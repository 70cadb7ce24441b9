package org.stampede.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.ERROR;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.stomp.Command.RECEIPT;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.FrameBatch;
import org.stampede.stomp.Headers;
import org.stampede.testing.StompItem;
import org.stampede.transport.CloseReason;
import org.stampede.transport.Reading;

/** A client that brings more to a queue than is fetched is heard of no more until there is room: above 2 messages, until there is 1. */
@StompItem({67, 72})
@Timeout(60)
class SlowedDownTest {

    @RegisterExtension
    final TestServer server = TestServer.holdingAbove(2);

    private final TestClient client = server.connect("1.2");

    @BeforeEach
    void fill() {
        server.publish("/queue/q", "first");
        server.publish("/queue/q", "second");
    }

    private static String send(int number) {
        return "SEND\ndestination:/queue/q\nreceipt:" + number + "\n\nx^@";
    }

    private TestClient consumer() {
        var consumer = server.connect("1.2");
        return consumer.sends("SUBSCRIBE\nid:0\ndestination:/queue/q\nack:client-individual\n\n^@");
    }

    private static void fetches(TestClient consumer) {
        Frame message = consumer.next();
        assertThat(message.command()).isEqualTo(MESSAGE);
        consumer.sends("ACK\nid:" + message.header("ack").orElseThrow() + "\n\n^@");
    }

    @Test
    void aReceiptComesLateAndWhatIsBehindItLater() {
        client.sends(send(1) + send(2)).sends(send(3)).received().isOpen();
        var consumer = consumer();
        fetches(consumer);
        client.received().isExhausted();
        fetches(consumer);

        client.received()
                .sent(RECEIPT, "receipt-id:1")
                .sent(RECEIPT, "receipt-id:2")
                .isOpen();
        fetches(consumer);
        fetches(consumer);
        client.received().sent(RECEIPT, "receipt-id:3");
        fetches(consumer);
    }

    @Test
    void onlyWhatWasHeardIsTaken() {
        client.sends(send(1) + send(2) + send(3));
        var consumer = consumer();

        consumer.received().sent(MESSAGE).sent(MESSAGE).sent(MESSAGE).isExhausted();
        client.received().isOpen();
    }

    @Test
    void oneWhoIsNotHeardIsNotCutOffForWhatItSends() {
        String flood = send(1).repeat(5);
        for (int i = 0; i < TestClient.INBOX - 1; i++) {
            client.sends(flood);
        }

        client.received().isOpen();
    }

    @Test
    void readingPausesAndGoesOn() {
        client.sends(send(1));
        var calls = new ArrayList<String>();
        var reading = new Reading() {
            @Override
            public void pause() {
                calls.add("pause");
            }

            @Override
            public void resume() {
                calls.add("resume");
            }
        };
        for (int i = 0; i < TestClient.INBOX; i++) {
            assertThat(calls).isEmpty();
            client.connection().received(batch(), 10, reading);
        }
        assertThat(calls).containsExactly("pause");
        var consumer = consumer();
        fetches(consumer);
        fetches(consumer);
        client.received().sent(RECEIPT, "receipt-id:1");
        assertThat(calls).containsExactly("pause", "resume");
        fetches(consumer);
    }

    private static FrameBatch batch() {
        var frame = Frame.of(Command.SEND, Headers.of("destination", "/topic/nobody"), "");
        return new FrameBatch(List.of(frame), Optional.empty(), Optional.empty());
    }

    @Test
    @StompItem({63, 72})
    void aTransactionIsConfirmedLateAndHandlersComeAfterIt() {
        server.handlers.takeCalls();
        client.sends("BEGIN\ntransaction:t\n\n^@SEND\ndestination:/queue/q\ntransaction:t\n\n^@"
                        + "SEND\ndestination:/app/a\ntransaction:t\n\n^@COMMIT\ntransaction:t\nreceipt:1\n\n^@")
                .received()
                .isOpen();
        assertThat(server.handlers.takeCalls()).isEmpty();
        var consumer = consumer();
        fetches(consumer);
        fetches(consumer);

        client.received().sent(RECEIPT, "receipt-id:1");
        assertThat(server.handlers.takeCalls()).contains("handle session-1 /app/a ");
        fetches(consumer);
    }

    @Test
    @StompItem(38)
    void heartBeatsGoOnBothWays() {
        var beating = server.open().sends("CONNECT\naccept-version:1.2\nheart-beat:20000,10000\n\n^@");
        beating.received().sent(Command.CONNECTED);
        beating.sends(send(1));
        for (int i = 0; i < 10; i++) {
            beating.waits(Duration.ofSeconds(20)).sends("\n");
        }
        assertThat(beating.wire().writes())
                .filteredOn(write -> write.frames().isEmpty())
                .hasSizeGreaterThan(15);
        beating.wire().skipAll();
        beating.received().isOpen();
        var consumer = consumer();
        fetches(consumer);
        fetches(consumer);

        beating.received().sent(RECEIPT, "receipt-id:1");
        fetches(consumer);
    }

    @Test
    @StompItem(81)
    void disconnectWaitsForItsTurn() {
        client.sends(send(1) + "DISCONNECT\nreceipt:77\n\n^@").received().isOpen();
        var consumer = consumer();
        fetches(consumer);
        fetches(consumer);

        client.received()
                .sent(RECEIPT, "receipt-id:1")
                .sent(RECEIPT, "receipt-id:77")
                .closed(CloseReason.NORMAL);
        fetches(consumer);
    }

    @Test
    void whatIsWrongBehindItIsToldInItsTurn() {
        client.sends(send(1) + "NONSENSE\n\n^@").received().isOpen();
        var consumer = consumer();
        fetches(consumer);
        fetches(consumer);

        client.received().sent(RECEIPT, "receipt-id:1").sent(ERROR).closed(CloseReason.PROTOCOL_ERROR);
        fetches(consumer);
    }

    @Test
    void whatWhoVanishesHadSaidIsTakenAsFarAsThereIsRoom() {
        client.sends(send(1) + send(2)).sends(send(3)).vanishes();

        var consumer = consumer();
        consumer.received().sent(MESSAGE).sent(MESSAGE).sent(MESSAGE).sent(MESSAGE);
        client.received().sent(ERROR, "message:Queue full").closed(CloseReason.POLICY);
    }

    @Test
    void whoAcknowledgesWhatItIsGivenIsNotHeld() {
        client.sends("SUBSCRIBE\nid:0\ndestination:/queue/q\nack:client\n\n^@");
        client.next();
        String second = client.next().header("ack").orElseThrow();
        client.sends(send(1) + "ACK\nid:" + second + "\nreceipt:2\n\n^@");

        client.received().sent(MESSAGE).sent(RECEIPT, "receipt-id:1").sent(RECEIPT, "receipt-id:2");
    }

    @Test
    void theApplicationEndsTheSessionOfWhoIsHeld() {
        client.sends(send(1) + send(2));
        server.registry.all().iterator().next().disconnect().accept("Go away");

        client.received().sent(ERROR, "message:Go away").closed(CloseReason.POLICY);
        assertThat(server.registry.all()).isEmpty();
    }
}
