package org.stampede.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.broker.embedded.TestBroker.accepted;
import static org.stampede.broker.embedded.TestBroker.refused;
import static org.stampede.broker.embedded.TestBroker.sendFrame;
import static org.stampede.broker.embedded.TestBroker.subscribeFrame;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.testing.WireAssert.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.broker.BrokerSession;
import org.stampede.destination.UserDestination;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.StompVersion;
import org.stampede.testing.StompItem;
import org.stampede.transport.CloseReason;

final class TopicTest {

    private final TestBroker broker = new TestBroker();

    @Test
    @StompItem({69, 71})
    void everyMatchingSubscriptionGetsTheMessageOnce() {
        var client = broker.client().subscribe("a", "/topic/x").subscribe("b", "/topic/*");
        var other = broker.client().subscribe("0", "/topic/x").subscribe("1", "/topic/y");

        broker.publish("/topic/x", "hello");

        assertThat(client.wire)
                .sent(MESSAGE, "destination:/topic/x", "subscription:a")
                .withBody("hello")
                .sent(MESSAGE, "destination:/topic/x", "subscription:b")
                .withBody("hello")
                .isExhausted();
        assertThat(other.wire).sent(MESSAGE, "subscription:0").isExhausted();
    }

    @Test
    @StompItem(71)
    void messageIdsDifferWithinASessionAndAlsoFromAnEarlierRun() {
        var client = broker.client().subscribe("a", "/topic/x").subscribe("b", "/topic/*");
        broker.publish("/topic/x", "1");
        broker.publish("/topic/x", "2");

        assertThat(client.wire.frames()).extracting(f -> f.header("message-id")).doesNotHaveDuplicates();
        assertThat(client.wire.frames())
                .allMatch(f -> f.header("message-id").orElseThrow().startsWith(Long.toString(1_000_000, 36)));
        client.wire.skipAll();
    }

    @Test
    void subscriptionsOfTheSameIdShareOneFrame() {
        var one = broker.client().subscribe("0", "/topic/x");
        var other = broker.client().subscribe("0", "/topic/**");

        broker.publish("/topic/x", "1");

        assertThat(one.message()).isSameAs(other.message());
    }

    @Test
    @StompItem({44, 71})
    void allHeadersOfTheSenderPassButThoseOfTheServer() {
        var client = broker.client().subscribe("0", "/topic/x");
        broker.publish(
                "/topic/x",
                "hello",
                "content-type:text/plain",
                "foo:1",
                "foo:2",
                "message-id:forged",
                "subscription:forged",
                "ack:forged",
                "redelivered:true",
                "delivery-count:9",
                "receipt:77",
                "transaction:t",
                "content-length:5",
                "passcode:secret");

        Frame message = client.message();

        assertThat(message.headerMap().keySet())
                .containsExactly("destination", "message-id", "subscription", "content-type", "foo");
        assertThat(message.headers().all("foo")).containsExactly("1", "2");
        assertThat(message.header("message-id")).isNotEqualTo("forged");
        assertThat(message.header("subscription")).contains("0");
    }

    @ParameterizedTest
    @EnumSource(StompVersion.class)
    @StompItem(70)
    void theAckHeaderIsThereInVersion12AndForAckModesOnly(StompVersion version) {
        var client = broker.client(version)
                .subscribe("a", "/topic/a")
                .subscribe("c", "/topic/c", "ack:client")
                .subscribe("i", "/topic/i", "ack:client-individual");
        broker.publish("/topic/a", "");
        broker.publish("/topic/c", "");
        broker.publish("/topic/i", "");

        assertThat(client.wire).sent(MESSAGE).without("ack");
        for (int i = 0; i < 2; i++) {
            Frame message = client.message();
            assertThat(message.header("ack"))
                    .isEqualTo(message.header("message-id").filter(id -> version == StompVersion.V1_2));
        }
    }

    @Test
    @StompItem(69)
    void aSubscriptionWithoutAnIdOfItsOwnIsNotNamed() {
        var client = broker.client(StompVersion.V1_0)
                .subscribe(BrokerSession.IMPLICIT_ID + "/topic/x", "/topic/x")
                .subscribe(BrokerSession.IMPLICIT_ID + "/topic/y", "/topic/y", "ack:client");
        broker.publish("/topic/x", "");
        broker.publish("/topic/y", "");

        assertThat(client.wire)
                .sent(MESSAGE)
                .without("subscription")
                .sent(MESSAGE)
                .without("subscription")
                .isExhausted();
    }

    @Test
    void messagesBeforeTheStartAreKeptAndThenFlowInOrder() {
        var client = broker.client();
        accepted(client.session.accept(subscribeFrame("0", "/topic/x")));
        broker.publish("/topic/x", "1");
        broker.publish("/topic/x", "2");
        assertThat(client.wire).isExhausted();

        client.session.start("0");
        broker.publish("/topic/x", "3");

        assertThat(client.bodies()).containsExactly("1", "2", "3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "client"})
    void aDeliveryToOneSubscriptionIsSentAtOnce(String ack) {
        var client = broker.client();
        var other = broker.client().subscribe("0", "/topic/x");
        accepted(client.session.accept(subscribeFrame("0", "/topic/x", "ack:" + ack)));
        broker.publish("/topic/x", "live");
        client.session.deliver("0", sendFrame("/topic/x", "snapshot"));
        assertThat(client.bodies()).containsExactly("snapshot");

        client.session.start("0");

        assertThat(client.bodies()).containsExactly("live");
        assertThat(other.bodies()).containsExactly("live");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "client"})
    void whatIsHeldIsBoundedAndWhoHasTooMuchIsCutOff(String ack) {
        var small = new TestBroker(TestBroker.subscriptionLimits(3, 1 << 20, 32));
        var client = small.client();
        accepted(client.session.accept(subscribeFrame("0", "/topic/x", "ack:" + ack)));
        for (int i = 0; i < 3; i++) {
            small.publish("/topic/x", "");
        }
        assertThat(client.wire).isOpen();

        small.publish("/topic/x", "one too many");
        small.publish("/topic/x", "and another");

        assertThat(client.wire).closed(CloseReason.POLICY);
        client.session.start("0");
        assertThat(client.wire).isExhausted();
    }

    @Test
    void whatIsHeldIsBoundedInOctetsThoughOneAloneMayBeLarge() {
        var small = new TestBroker(TestBroker.subscriptionLimits(100, 500, 32));
        var client = small.client();
        accepted(client.session.accept(subscribeFrame("0", "/topic/x")));
        small.publish("/topic/x", "x".repeat(1000));
        assertThat(client.wire).isOpen();

        small.publish("/topic/x", "");

        assertThat(client.wire).closed(CloseReason.POLICY);
    }

    @Test
    @StompItem(52)
    void nothingIsSentAfterUnsubscribe() {
        var client = broker.client().subscribe("0", "/topic/x");
        accepted(client.session.accept(subscribeFrame("held", "/topic/x")));
        broker.publish("/topic/x", "1");
        client.unsubscribe("0");
        client.unsubscribe("held");
        broker.publish("/topic/x", "2");
        client.session.start("held");
        client.session.start("0");
        client.session.deliver("0", sendFrame("/topic/x", "3"));

        assertThat(client.bodies()).containsExactly("1");
        assertThat(broker.broker.topics().isEmpty()).isTrue();
    }

    @Test
    @StompItem(51)
    void anUnsubscribeOfAnUnknownIdIsRefused() {
        var client = broker.client().subscribe("0", "/topic/x");
        client.unsubscribe("0");

        assertThat(refused(client.session.accept(Frame.of(Command.UNSUBSCRIBE, "id", "0"))))
                .contains("\"0\"");
    }

    @Test
    void anIdMayBeUsedAgain() {
        var client = broker.client().subscribe("0", "/topic/x");
        client.unsubscribe("0");
        client.subscribe("0", "/topic/y");
        broker.publish("/topic/x", "x");
        broker.publish("/topic/y", "y");

        assertThat(client.bodies()).containsExactly("y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/topic/a*", "/topic/**/x", ""})
    @StompItem(49)
    void aMalformedPatternIsRefused(String destination) {
        assertThat(refused(broker.client().session.accept(subscribeFrame("0", destination))))
                .endsWith(".");
    }

    @Test
    void aMalformedPatternDoesNotGiveThePrivateDestinationAway() {
        String secret = UserDestination.privateTo("secret", "/user/queue/a*");

        assertThat(refused(broker.client().session.accept(subscribeFrame("0", secret))))
                .contains("/user/queue/a*")
                .doesNotContain("secret");
    }

    @Test
    void aPatternOfTooManyPartsIsRefusedByNameOfTheLimit() {
        var small = new TestBroker(TestBroker.subscriptionLimits(1, 1, 3));
        var client = small.client().subscribe("0", "/a/b/c");

        assertThat(refused(client.session.accept(subscribeFrame("1", "/a/b/c/d"))))
                .contains("stampede.subscription.parts");
        small.publish("/a/b/c/d" + "/d".repeat(100_000), "deep destinations of a SEND do no harm");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/topic/*", "/topic/**", "/topic/a.#", "/topic/>", "/queue/*", "/topic/a*b"})
    @StompItem(45)
    void aSendToAWildcardIsRefused(String destination) {
        assertThat(refused(broker.client().session.accept(sendFrame(destination, ""))))
                .contains("wildcard");
        assertThat(refused(broker.broker.publish(sendFrame(destination, "")))).contains("wildcard");
    }

    @Test
    void noWildcardReachesAPrivateDestinationButItsOwnersDoes() {
        var nosy = broker.client().subscribe("0", "/**").subscribe("1", "**").subscribe("2", "*/queue/x");
        var owner = broker.client().subscribe("0", UserDestination.privateTo("s1", "/user/queue/x"));
        var other = broker.client().subscribe("0", UserDestination.privateTo("s2", "/user/**"));

        broker.publish(UserDestination.privateTo("s1", "/queue/x"), "secret");

        assertThat(owner.wire)
                .sent(MESSAGE, "destination:/user/queue/x", "subscription:0")
                .withBody("secret")
                .isExhausted();
        assertThat(nosy.wire).isExhausted();
        assertThat(other.wire).isExhausted();
    }

    @Test
    @StompItem(58)
    void acknowledgementsOnTopicsAreTakenOnceEach() {
        var client = broker.client().subscribe("0", "/topic/x", "ack:client-individual");
        broker.publish("/topic/x", "1");
        broker.publish("/topic/x", "2");
        String first = client.message("1");
        String second = client.message("2");

        client.ack(first);
        client.nack(second);

        assertThat(refused(client.session.accept(Frame.of(Command.ACK, "id", first))))
                .contains("acknowledged");
        assertThat(client.wire).isExhausted();
    }

    @Test
    @StompItem(54)
    void anAckOfAClientSubscriptionIsCumulative() {
        var client = broker.client().subscribe("0", "/topic/x", "ack:client");
        broker.publish("/topic/x", "1");
        broker.publish("/topic/x", "2");
        String first = client.message("1");
        client.ack(client.message("2"));

        assertThat(refused(client.session.accept(Frame.of(Command.ACK, "id", first))))
                .contains("acknowledged");
    }

    @Test
    void unacknowledgedMessagesOfTopicsAreForgottenBeyondALimitAndMayStillBeAcknowledged() {
        var small = new TestBroker(TestBroker.flowLimits(10, 2, 100, 1000));
        var client = small.client().subscribe("0", "/topic/x", "ack:client-individual");
        List.of("1", "2", "3").forEach(body -> small.publish("/topic/x", body));

        client.ack(client.message("1"));
        client.ack(client.message("2"));
        client.ack(client.message("3"));
    }

    @Test
    void aClosedSessionGetsNothingAndItsLaterCallsHaveNoEffect() {
        var client = broker.client().subscribe("0", "/topic/x");
        client.session.close();
        client.session.close();
        client.subscribe("1", "/topic/x");
        client.send("/topic/x", "from beyond");
        client.session.deliver("1", sendFrame("/topic/x", ""));
        broker.publish("/topic/x", "");

        assertThat(client.wire).isExhausted();
        assertThat(broker.broker.topics().isEmpty()).isTrue();
    }

    @Test
    void aClosedBrokerTakesAndGivesNothing() {
        var client = broker.client().subscribe("0", "/topic/x").subscribe("1", "/queue/x");
        broker.broker.close();

        assertThat(refused(broker.broker.publish(sendFrame("/topic/x", "")))).contains("closed");
        assertThat(refused(broker.broker.publish(sendFrame("/queue/x", "")))).contains("closed");
        broker.client().subscribe("0", "/topic/x").send("/topic/x", "");
        assertThat(client.wire).isExhausted();
    }

    @Test
    void aMessageThatHasExpiredIsNotDelivered() {
        var client = broker.client().subscribe("0", "/topic/x");
        broker.publish("/topic/x", "past", "expires:999999");
        broker.publish("/topic/x", "future", "expires:1000001");

        assertThat(client.bodies()).containsExactly("future");
    }
}
