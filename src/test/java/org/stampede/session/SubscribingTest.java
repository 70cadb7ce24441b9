package org.stampede.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.ERROR;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.stomp.Command.RECEIPT;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.Headers;
import org.stampede.testing.StompItem;
import org.stampede.transport.CloseReason;

/** STOMP 1.2, sections SUBSCRIBE and UNSUBSCRIBE, and what differs in 1.0. */
class SubscribingTest {

    @RegisterExtension
    final TestServer server = TestServer.direct();

    private final TestClient client = server.connect("1.2");

    private void isRefused(String message) {
        client.received().sent(ERROR, "message:" + message).closed(CloseReason.PROTOCOL_ERROR);
    }

    @Test
    @StompItem({46, 49})
    void subscribeNeedsADestination() {
        client.sends("SUBSCRIBE\nid:0\n\n^@");
        isRefused("Missing header destination");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1", "1.2"})
    @StompItem({46, 49})
    void subscribeNeedsAnId(String version) {
        server.connect(version)
                .sends("SUBSCRIBE\ndestination:/topic/a\nreceipt:1\n\n^@")
                .received()
                .sent(ERROR, "message:Missing header id", "receipt-id:1", "destination:/topic/a")
                .closed(CloseReason.PROTOCOL_ERROR);
    }

    @Test
    @StompItem({46, 69})
    void subscribeNeedsNoIdInVersion10() {
        var old = server.connect("1.0");
        old.sends("SUBSCRIBE\ndestination:/topic/a\n\n^@");
        server.publish("/topic/a", "hello");

        old.received().sent(MESSAGE, "destination:/topic/a").withBody("hello").without("subscription");
    }

    @Test
    @StompItem({46, 69})
    void idOfVersion10ComesBackInTheMessage() {
        var old = server.connect("1.0");
        old.sends("SUBSCRIBE\nid:mine\ndestination:/topic/a\n\n^@");
        server.publish("/topic/a", "hello");

        old.received().sent(MESSAGE, "subscription:mine");
    }

    @Test
    @StompItem(46)
    void oneDestinationTwiceWithoutIdIsAnError() {
        server.connect("1.0")
                .sends("SUBSCRIBE\ndestination:/topic/a\n\n^@SUBSCRIBE\ndestination:/topic/a\n\n^@")
                .received()
                .sent(ERROR, "message:Subscription exists")
                .withBodyContaining("takes a header id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.2"})
    @StompItem({47, 49})
    void idOfALiveSubscriptionIsAnError(String version) {
        server.connect(version)
                .sends("SUBSCRIBE\nid:0\ndestination:/topic/a\n\n^@SUBSCRIBE\nid:0\ndestination:/topic/b\n\n^@")
                .received()
                .sent(ERROR, "message:Subscription exists", "id:0")
                .closed(CloseReason.PROTOCOL_ERROR);
    }

    @Test
    @StompItem(47)
    void idMayBeUsedAgainAndByOthers() {
        client.sends("SUBSCRIBE\nid:0\ndestination:/topic/a\n\n^@UNSUBSCRIBE\nid:0\n\n^@"
                + "SUBSCRIBE\nid:0\ndestination:/topic/b\n\n^@");
        var other = server.connect("1.2");
        other.sends("SUBSCRIBE\nid:0\ndestination:/topic/b\n\n^@");
        server.publish("/topic/a", "a");
        server.publish("/topic/b", "b");

        client.received().sent(MESSAGE, "subscription:0").withBody("b");
        other.received().sent(MESSAGE, "subscription:0").withBody("b");
    }

    @Test
    @StompItem({47, 69})
    void eachSubscriptionGetsItsOwnMessage() {
        client.sends("SUBSCRIBE\nid:0\ndestination:/topic/a\n\n^@SUBSCRIBE\nid:1\ndestination:/topic/*\n\n^@");
        server.publish("/topic/a", "hello");
        Frame one = client.next();
        Frame two = client.next();

        assertThat(one.header("subscription")).isNotEqualTo(two.header("subscription"));
        assertThat(one.header("message-id")).isNotEqualTo(two.header("message-id"));
    }

    @Test
    @StompItem(47)
    void idMustNotPassForTheServersOwn() {
        client.sends("SUBSCRIBE\nid:\u0001/topic/a\ndestination:/topic/a\n\n^@");
        isRefused("Malformed id");
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, auto, true",
        "1.0, client, true",
        "1.0, client-individual, false",
        "1.1, auto, true",
        "1.1, client, true",
        "1.1, client-individual, true",
        "1.2, auto, true",
        "1.2, client, true",
        "1.2, client-individual, true",
        "1.2, AUTO, false",
        "1.2, '', false",
        "1.2, later, false"
    })
    @StompItem({48, 49})
    void ackModesAreThoseOfTheVersion(String version, String mode, boolean known) {
        var received = server.connect(version)
                .sends("SUBSCRIBE\nid:0\ndestination:/topic/a\nreceipt:1\nack:" + mode + "\n\n^@")
                .received();
        if (known) {
            received.sent(RECEIPT, "receipt-id:1").isOpen();
        } else {
            received.sent(ERROR, "message:Unknown ack mode", "receipt-id:1").closed(CloseReason.PROTOCOL_ERROR);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/topic/**/a", "/topic/a*", "\u0001x/queue/a", ""})
    @StompItem(49)
    void malformedDestinationIsAnError(String destination) {
        client.sends("SUBSCRIBE\nid:0\ndestination:" + destination + "\n\n^@");
        isRefused("Malformed destination");
        assertThat(server.handlers.takeCalls()).containsExactly("connected session-1", "disconnected session-1");
    }

    @Test
    @StompItem(49)
    void subscriptionThatTheBrokerRefusesIsAnError() {
        client.sends("SUBSCRIBE\nid:0\ndestination:/queue/*\nreceipt:1\n\n^@")
                .received()
                .sent(ERROR, "receipt-id:1", "destination:/queue/*")
                .closed(CloseReason.PROTOCOL_ERROR);
    }

    @Test
    @StompItem({15, 49})
    void subscriptionsHaveALimit() {
        for (int i = 0; i < 3; i++) {
            client.sends("SUBSCRIBE\nid:" + i + "\ndestination:/topic/a\n\n^@");
        }
        client.sends("UNSUBSCRIBE\nid:0\n\n^@SUBSCRIBE\nid:3\ndestination:/topic/a\nreceipt:1\n\n^@")
                .received()
                .sent(RECEIPT);
        client.sends("SUBSCRIBE\nid:4\ndestination:/topic/a\n\n^@")
                .received()
                .sent(ERROR, "message:Limit exceeded: subscriptions of a session", "id:4")
                .withBodyContaining("3 subscriptions (setting stampede.limit.subscriptions)")
                .closed(CloseReason.POLICY);
    }

    @Test
    @StompItem({67, 72})
    void receiptComesBeforeTheFirstMessage() {
        server.publish("/queue/a", "waiting");
        // The application sends, and somebody publishes, while the subscription begins.
        server.handlers.onSubscribed = subscriber -> {
            server.publish("/queue/a", "meanwhile");
            subscriber.deliver(Frame.of(Command.SEND, Headers.of("destination", "/queue/a"), "snapshot"));
        };
        client.sends("SUBSCRIBE\nid:0\ndestination:/queue/a\nreceipt:1\n\n^@")
                .received()
                .sent(RECEIPT, "receipt-id:1")
                .sent(MESSAGE, "subscription:0")
                .withBody("snapshot")
                .sent(MESSAGE)
                .withBody("waiting")
                .sent(MESSAGE)
                .withBody("meanwhile");
    }

    @Test
    @StompItem({67, 72})
    void snapshotComesBeforeWhatIsPublishedMeanwhile() {
        server.handlers.onSubscribed = subscriber -> {
            server.publish("/topic/a", "live");
            subscriber.deliver(Frame.of(Command.SEND, Headers.of("destination", "/topic/a"), "snapshot"));
        };
        client.sends("SUBSCRIBE\nid:0\ndestination:/topic/a\nreceipt:1\n\n^@")
                .received()
                .sent(RECEIPT)
                .sent(MESSAGE)
                .withBody("snapshot")
                .sent(MESSAGE)
                .withBody("live");
    }

    @Test
    @StompItem(50)
    void otherHeadersReachTheBroker() {
        server.publish("/queue/a", "1");
        server.publish("/queue/a", "2");
        client.sends("SUBSCRIBE\nid:0\ndestination:/queue/a\nack:client\nprefetch-count:1\n\n^@")
                .received()
                .sent(MESSAGE)
                .withBody("1")
                .isExhausted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1", "1.2"})
    @StompItem(51)
    void unsubscribeNeedsAnId(String version) {
        server.connect(version)
                .sends("SUBSCRIBE\nid:0\ndestination:/topic/a\n\n^@UNSUBSCRIBE\ndestination:/topic/a\n\n^@")
                .received()
                .sent(ERROR, "message:Missing header id")
                .closed(CloseReason.PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.2"})
    @StompItem(51)
    void unsubscribeOfAnUnknownIdIsAnError(String version) {
        server.connect(version)
                .sends("UNSUBSCRIBE\nid:0\nreceipt:1\n\n^@")
                .received()
                .sent(ERROR, "message:Unknown subscription", "receipt-id:1", "id:0")
                .closed(CloseReason.PROTOCOL_ERROR);
    }

    @Test
    @StompItem(51)
    void unsubscribeTwiceIsAnError() {
        client.sends("SUBSCRIBE\nid:0\ndestination:/topic/a\n\n^@UNSUBSCRIBE\nid:0\n\n^@UNSUBSCRIBE\nid:0\n\n^@");
        isRefused("Unknown subscription");
    }

    @Test
    @StompItem(51)
    void unsubscribeByDestinationInVersion10() {
        var old = server.connect("1.0");
        old.sends("SUBSCRIBE\ndestination:/topic/a\n\n^@SUBSCRIBE\ndestination:/topic/b\n\n^@"
                        + "UNSUBSCRIBE\ndestination:/topic/a\nreceipt:1\n\n^@")
                .received()
                .sent(RECEIPT);
        server.publish("/topic/a", "a");
        server.publish("/topic/b", "b");

        old.received().sent(MESSAGE).withBody("b");
    }

    @Test
    @StompItem(51)
    void unsubscribeByDestinationFindsASubscriptionWithAnId() {
        var old = server.connect("1.0");
        old.sends("SUBSCRIBE\nid:0\ndestination:/topic/a\n\n^@UNSUBSCRIBE\ndestination:/topic/a\nreceipt:1\n\n^@")
                .received()
                .sent(RECEIPT);
        server.publish("/topic/a", "a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"; Missing header id", "destination:/topic/b; Unknown subscription"})
    @StompItem(51)
    void unsubscribeOfNothingInVersion10IsAnError(String header, String message) {
        server.connect("1.0")
                .sends("SUBSCRIBE\ndestination:/topic/a\n\n^@UNSUBSCRIBE\n" + (header == null ? "" : header + "\n")
                        + "\n^@")
                .received()
                .sent(ERROR, "message:" + message);
    }

    @Test
    @StompItem(52)
    void noMessageAfterUnsubscribe() {
        client.sends("SUBSCRIBE\nid:0\ndestination:/topic/a\n\n^@");
        server.publish("/topic/a", "before");
        client.sends("UNSUBSCRIBE\nid:0\nreceipt:1\n\n^@");
        server.publish("/topic/a", "after");

        client.received().sent(MESSAGE).withBody("before").sent(RECEIPT, "receipt-id:1");
    }

    @Test
    @StompItem({52, 56})
    void whatWasNotAcknowledgedReturnsAtUnsubscribe() {
        server.publish("/queue/a", "1");
        client.sends("SUBSCRIBE\nid:0\ndestination:/queue/a\nack:client\n\n^@UNSUBSCRIBE\nid:0\n\n^@")
                .received()
                .sent(MESSAGE);
        var other = server.connect("1.2");

        other.sends("SUBSCRIBE\nid:0\ndestination:/queue/a\n\n^@")
                .received()
                .sent(MESSAGE, "redelivered:true")
                .withBody("1");
    }

    @Test
    @StompItem(53)
    void autoMessagesCountAsConsumedWhenSent() {
        server.publish("/queue/a", "1");
        client.sends("SUBSCRIBE\nid:0\ndestination:/queue/a\nack:auto\n\n^@")
                .received()
                .sent(MESSAGE);
        client.vanishes();

        server.connect("1.2")
                .sends("SUBSCRIBE\nid:0\ndestination:/queue/a\n\n^@")
                .received()
                .isExhausted();
    }

    @Test
    @StompItem({49, 74})
    void handlerThatFailsAtASubscriptionEndsTheSession() {
        server.handlers.onCall.putAll(Map.of("subscribed", () -> {
            throw new IllegalStateException("test");
        }));
        client.sends("SUBSCRIBE\nid:0\ndestination:/topic/a\n\n^@")
                .received()
                .sent(ERROR, "message:Internal error")
                .closed(CloseReason.SERVER_ERROR);
        assertThat(server.handlers.takeCalls())
                .containsExactly(
                        "connected session-1",
                        "subscribed session-1 /topic/a",
                        "unsubscribed session-1 /topic/a",
                        "disconnected session-1");
    }
}
