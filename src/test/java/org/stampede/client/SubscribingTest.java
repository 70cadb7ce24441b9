package org.stampede.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.stampede.client.ConnectingTest.failure;
import static org.stampede.stomp.Command.ACK;
import static org.stampede.stomp.Command.CONNECT;
import static org.stampede.stomp.Command.NACK;
import static org.stampede.stomp.Command.SUBSCRIBE;
import static org.stampede.stomp.Command.UNSUBSCRIBE;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stampede.client.SendingTest.Greeting;
import org.stampede.stomp.AckMode;
import org.stampede.testing.ManualExecutor;

class SubscribingTest {

    @RegisterExtension
    final TestServer server = new TestServer();

    private final List<Object> handled = new ArrayList<>();

    @Test
    void theReceiptSaysThatTheServerHasTheSubscription() {
        var client = TestSession.on(server).connected();
        var subscription = client.session.subscribe("/topic/x", String.class, handled::add);
        server.connection()
                .client()
                .sent(SUBSCRIBE, "id:sub-1", "destination:/topic/x", "ack:auto", "receipt:receipt-1");
        assertThat(subscription.ready().toCompletableFuture()).isNotDone();
        server.connection().say("RECEIPT\nreceipt-id:receipt-1\n\n^@");
        assertThat(subscription.ready().toCompletableFuture()).isCompleted();
        assertThat(subscription.destination()).isEqualTo("/topic/x");
    }

    @Test
    void payloadsComeInTheTypeAskedFor() {
        var client = TestSession.on(server).connected();
        client.session.subscribe("/topic/x", String.class, handled::add);
        client.session.subscribe("/topic/x", byte[].class, handled::add);
        client.session.subscribe("/topic/x", Greeting.class, handled::add);
        client.session.subscribe(
                "/topic/x",
                ReceivedMessage.class,
                m -> handled.add(m.header("h").orElse("")));
        server.connection()
                .client()
                .sent(SUBSCRIBE)
                .sent(SUBSCRIBE)
                .sent(SUBSCRIBE)
                .sent(SUBSCRIBE);
        for (int id = 1; id <= 4; id++) {
            server.connection().say("MESSAGE\nsubscription:sub-" + id + "\nh:v\n\n{\"text\":\"hi\"}^@");
        }
        assertThat(handled)
                .containsExactly("{\"text\":\"hi\"}", "{\"text\":\"hi\"}".getBytes(), new Greeting("hi"), "v");
    }

    @Test
    void payloadsMayBeOfTypesWithTypeArguments() {
        var client = TestSession.on(server).connected();
        client.session.subscribe("/topic/x", new PayloadType<List<Greeting>>() {}, handled::addAll);
        client.session.subscribe("/topic/x", new PayloadType<Map<String, Greeting>>() {}, handled::add);
        client.session.subscribe("/topic/x", new PayloadType<String>() {}, handled::add);
        server.connection().client().sent(SUBSCRIBE).sent(SUBSCRIBE).sent(SUBSCRIBE);
        server.connection()
                .say("MESSAGE\nsubscription:sub-1\n\n[{\"text\":\"one\"},{\"text\":\"two\"}]^@")
                .say("MESSAGE\nsubscription:sub-2\n\n{\"a\":{\"text\":\"hi\"}}^@")
                .say("MESSAGE\nsubscription:sub-3\n\n[]^@");
        assertThat(handled)
                .containsExactly(new Greeting("one"), new Greeting("two"), Map.of("a", new Greeting("hi")), "[]");
    }

    @Test
    @SuppressWarnings("rawtypes") // That is the mistake.
    void aPayloadTypeWithoutATypeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PayloadType() {})
                .withMessageContaining("which type");
    }

    @Test
    void aBodyThatIsNotOfTheTypeIsPassedOver() {
        var client = TestSession.on(server).connected();
        client.session.subscribe("/topic/x", Greeting.class, handled::add);
        server.connection().client().sent(SUBSCRIBE);
        server.connection()
                .say("MESSAGE\nsubscription:sub-1\n\nnonsense^@")
                .say("MESSAGE\nsubscription:sub-1\n\nnull^@")
                .say("MESSAGE\nsubscription:sub-1\n\n{\"text\":\"hi\"}^@");
        assertThat(handled).containsExactly(new Greeting("hi"));
    }

    @Test
    void aMessageOfNoSubscriptionIsPassedOver() {
        TestSession.on(server).connected();
        server.connection().say("MESSAGE\nsubscription:other\n\nhi^@").say("MESSAGE\n\nhi^@");
        assertThat(server.connection().reads).isEqualTo(1);
    }

    @Test
    void afterUnsubscribeTheHandlerRestsWhateverIsOnItsWay() {
        var executor = new ManualExecutor();
        var client = new TestSession(server, executor, settings -> settings).connecting();
        executor.runAll();
        server.connection().client().sent(CONNECT);
        server.connection().say("CONNECTED\nversion:1.2\n\n^@");
        var subscription = client.session.subscribe("/topic/x", String.class, handled::add);
        server.connection().client().sent(SUBSCRIBE);
        server.connection().say("MESSAGE\nsubscription:sub-1\n\nwaits^@");
        var ready = subscription.ready().toCompletableFuture();
        var unsubscribed = subscription.unsubscribe().toCompletableFuture();
        server.connection().client().sent(UNSUBSCRIBE, "id:sub-1", "receipt:receipt-2");
        server.connection().say("MESSAGE\nsubscription:sub-1\n\nlate^@");
        executor.runAll();
        assertThat(handled).isEmpty();
        assertThat(failure(ready)).isInstanceOf(CancellationException.class);
        server.connection().say("RECEIPT\nreceipt-id:receipt-2\n\n^@");
        executor.runAll();
        assertThat(unsubscribed).isCompleted();
    }

    @Test
    void messagesAreAcknowledgedAsTheVersionDemands() {
        assertThat(acknowledged("version:1.2\n")).isEqualTo(Map.of("id", "a1"));
        assertThat(acknowledged("version:1.1\n")).isEqualTo(Map.of("message-id", "m1", "subscription", "sub-1"));
        assertThat(acknowledged("")).isEqualTo(Map.of("message-id", "m1"));
    }

    private Map<String, String> acknowledged(String version) {
        var client = TestSession.on(server, StompClientBuilder::acceptVersion10).connecting();
        server.connection().client().sent(CONNECT);
        server.connection().say("CONNECTED\n" + version + "\n^@");
        client.session.subscribe("/queue/x", AckMode.CLIENT_INDIVIDUAL, Map.of(), ReceivedMessage::ack);
        server.connection().client().sent(SUBSCRIBE, "ack:client-individual");
        server.connection().say("MESSAGE\nsubscription:sub-1\nmessage-id:m1\nack:a1\n\n^@");
        var frame = server.connection().wire.next();
        assertThat(frame.command()).isEqualTo(ACK);
        return frame.headerMap();
    }

    @Test
    void nackSaysThatAMessageWasNotProcessed() {
        var client = TestSession.on(server).connected();
        client.session.subscribe("/queue/x", AckMode.CLIENT, Map.of(), ReceivedMessage::nack);
        server.connection().client().sent(SUBSCRIBE, "ack:client");
        server.connection().say("MESSAGE\nsubscription:sub-1\nmessage-id:m1\nack:a1\n\n^@");
        server.connection().client().sent(NACK, "id:a1");
    }

    @Test
    void aMessageThatCountsAsConsumedCannotBeAcknowledged() {
        var client = TestSession.on(server).connected();
        client.session.subscribe("/topic/x", ReceivedMessage.class, handled::add);
        server.connection().client().sent(SUBSCRIBE);
        server.connection().say("MESSAGE\nsubscription:sub-1\nmessage-id:m1\n\n^@");
        var message = (ReceivedMessage) handled.get(0);
        assertThatIllegalStateException().isThrownBy(message::ack).withMessageContaining("by itself");
    }

    @Test
    void anAcknowledgementOverALostConnectionFails() {
        var client = TestSession.on(server).connected();
        client.session.subscribe("/queue/x", AckMode.CLIENT, Map.of(), handled::add);
        server.connection().client().sent(SUBSCRIBE);
        server.connection().say("MESSAGE\nsubscription:sub-1\nmessage-id:m1\nack:a1\n\n^@");
        server.connection().drop();
        var message = (ReceivedMessage) handled.get(0);
        assertThat(failure(message.ack().toCompletableFuture())).isInstanceOf(ConnectionLostException.class);
    }
}
