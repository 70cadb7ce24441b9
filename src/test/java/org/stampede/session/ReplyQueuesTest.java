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
import org.stampede.stomp.Frame;
import org.stampede.transport.CloseReason;

/** Requests from client to client: what is asked through the broker is replied to the asking session alone. */
class ReplyQueuesTest {

    @RegisterExtension
    final TestServer server = TestServer.direct();

    private final TestClient ann = server.open("ann").connect("1.2");
    private final TestClient bob = server.open("bob").connect("1.2");
    private final TestClient worker = server.connect("1.2").sends("SUBSCRIBE\nid:w\ndestination:/queue/work\n\n^@");

    private static String ask(String replyTo) {
        return "SEND\ndestination:/queue/work\nreply-to:" + replyTo + "\ncorrelation-id:c7\n\nask^@";
    }

    private static String reply(String address) {
        return "SEND\ndestination:" + address + "\ncorrelation-id:c7\nreceipt:r\n\nreply^@";
    }

    /** Takes the request, and returns where it wants its reply. */
    private String asked() {
        Frame request = worker.next();
        assertThat(request.header("correlation-id")).contains("c7");
        assertThat(request.bodyText()).isEqualTo("ask");
        return request.header("reply-to").orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"1.0", "1.1", "1.2"})
    void theReplyArrivesInTheTemporaryQueueOfWhoAskedAlone(String version) {
        var asking = server.connect(version).sends(ask("/temp-queue/r"));
        String address = asked();
        bob.sends(ask("/temp-queue/r"));
        asked();
        worker.sends(reply(address)).received().sent(RECEIPT, "receipt-id:r");

        asking.received()
                .sent(MESSAGE, "destination:/temp-queue/r", "subscription:/temp-queue/r", "correlation-id:c7")
                .withBody("reply");
    }

    @Test
    void theReplyArrivesAtAUserDestinationOfTheAskingSessionAlone() {
        var annAtWork = server.open("ann").connect("1.2");
        for (TestClient client : new TestClient[] {ann, annAtWork, bob}) {
            client.sends("SUBSCRIBE\nid:0\ndestination:/user/queue/re\n\n^@");
        }
        ann.sends(ask("/user/queue/re"));
        worker.sends(reply(asked())).received().sent(RECEIPT);

        ann.received()
                .sent(MESSAGE, "destination:/user/queue/re", "subscription:0")
                .withBody("reply");
    }

    @Test
    void anAddressIsOneNameOfOneSessionAndTellsNothing() {
        ann.sends(ask("/temp-queue/r") + ask("/temp-queue/r") + ask("/temp-queue/s"));
        bob.sends(ask("/temp-queue/r"));
        String first = asked();

        assertThat(first)
                .matches("/reply-queue/[0-9a-f-]{36}")
                .doesNotContain(ann.peer().sessionId())
                .doesNotContain(server.registry.find("session-1").orElseThrow().secret());
        assertThat(asked()).isEqualTo(first);
        assertThat(asked()).isNotEqualTo(first);
        assertThat(asked()).isNotEqualTo(first);
    }

    @Test
    void anAddressDiesWithItsSessionAndWhoRepliesTooLateLives() {
        ann.sends(ask("/temp-queue/r") + ask("/user/queue/re"));
        String address = asked();
        asked();
        ann.vanishes();

        worker.sends(reply(address) + reply("/reply-queue/guessed"))
                .received()
                .sent(RECEIPT)
                .sent(RECEIPT)
                .isOpen();
        assertThat(server.registry.replyAddresses().count()).isZero();
    }

    @Test
    void unsubscribeEndsATemporaryQueueAndItsAddress() {
        ann.sends(ask("/temp-queue/r") + "UNSUBSCRIBE\nid:/temp-queue/r\nreceipt:u\n\n^@")
                .received()
                .sent(RECEIPT, "receipt-id:u");
        String address = asked();
        worker.sends(reply(address)).received().sent(RECEIPT);
        ann.received().isExhausted();
        assertThat(server.registry.replyAddresses().count()).isZero();

        ann.sends(ask("/temp-queue/r"));
        String next = asked();
        assertThat(next).isNotEqualTo(address);
        worker.sends(reply(next)).received().sent(RECEIPT);
        ann.received().sent(MESSAGE, "subscription:/temp-queue/r").isOpen();
    }

    @Test
    void unsubscribeOfATemporaryQueueThatIsNotOpenIsAnError() {
        ann.sends("UNSUBSCRIBE\nid:/temp-queue/r\n\n^@")
                .received()
                .sent(ERROR, "message:Unknown subscription")
                .closed(CloseReason.PROTOCOL_ERROR);
    }

    @Test
    void aTemporaryQueueThatWasEndedMakesRoom() {
        for (int i = 0; i < 5; i++) {
            ann.sends(ask("/temp-queue/" + i) + "UNSUBSCRIBE\nid:/temp-queue/" + i + "\n\n^@")
                    .received()
                    .isOpen();
            asked();
        }
    }

    @Test
    void requestsOfATransactionAreAddressedAtItsCommit() {
        ann.sends("BEGIN\ntransaction:t\n\n^@"
                + ask("/temp-queue/r").replace("correlation-id", "transaction:t\ncorrelation-id")
                + "COMMIT\ntransaction:t\nreceipt:c\n\n^@");
        ann.received().sent(RECEIPT, "receipt-id:c");
        worker.sends(reply(asked())).received().sent(RECEIPT);

        ann.received().sent(MESSAGE, "subscription:/temp-queue/r").withBody("reply");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/topic/re", "/queue/re", "/reply-queue/of-another", "anything"})
    void otherPlacesAreTheAffairOfTheClients(String replyTo) {
        ann.sends(ask(replyTo));

        assertThat(asked()).isEqualTo(replyTo);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/temp-queue/", "/temp-queue/*", "/user/", "/user/queue/*"})
    void aPlaceThatCannotBeRepliedToIsAnErrorRatherThanSilence(String replyTo) {
        ann.sends(ask(replyTo))
                .received()
                .sent(ERROR, "message:Malformed reply-to")
                .closed(CloseReason.PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/temp-queue/", "/user/queue/"})
    void placesThatOthersMayReplyToAreBounded(String prefix) {
        for (int i = 0; i < TestServer.SETTINGS.subscriptions(); i++) {
            ann.sends(ask(prefix + i)).received().isOpen();
            asked();
        }
        ann.sends(ask(prefix + "more"))
                .received()
                .sent(ERROR)
                .withBodyContaining("stampede.limit.subscriptions")
                .closed(CloseReason.POLICY);
        assertThat(server.registry.replyAddresses().count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/reply-queue/x", "/reply-queue/*", "/reply-queue/**"})
    void nobodyListensToTheRepliesOfOthers(String destination) {
        bob.sends("SUBSCRIBE\nid:0\ndestination:" + destination + "\n\n^@")
                .received()
                .sent(ERROR, "message:Reply queue");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/**", "#", ">", "/*/*"})
    void wildcardsDoNotReachReplies(String pattern) {
        bob.sends("SUBSCRIBE\nid:0\ndestination:" + pattern + "\n\n^@");
        ann.sends(ask("/temp-queue/r"));
        worker.sends(reply(asked())).received().sent(RECEIPT);

        ann.received().sent(MESSAGE);
    }
}
