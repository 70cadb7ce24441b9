package org.stampede.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.testing.WireAssert.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.broker.embedded.EmbeddedBrokerLimits;
import org.stampede.dispatch.Payloads.Action;
import org.stampede.dispatch.Payloads.Order;
import org.stampede.messaging.Messenger;

/** How the application speaks. */
class MessengerTest {

    @ApplicationScoped
    static class Speaker {
        @Inject
        Messenger messenger;

        Messenger messenger() {
            return messenger;
        }
    }

    private TestApplication app;
    private Messenger messenger;

    @BeforeEach
    void deploy() {
        app = TestApplication.of(Speaker.class);
        messenger = app.bean(Speaker.class).messenger();
    }

    @AfterEach
    void close() throws Exception {
        app.close();
    }

    @Test
    void aPayloadIsSentAsItsTypeDemands() {
        var client = app.connect().say("SUBSCRIBE\nid:0\ndestination:/topic/x\n\n^@");
        messenger.send("/topic/x", "héllo");
        messenger.send("/topic/x", new StringBuilder("built"));
        messenger.send("/topic/x", new byte[] {0, 1});
        messenger.send("/topic/x", new Order(Action.BUY, "MMM", 44));
        messenger.send("/topic/x", List.of(1, 2));
        messenger.send("/topic/x", Json.createObjectBuilder().add("a", 1).build());
        assertThat(client.wire)
                .sent(MESSAGE, "destination:/topic/x", "content-type:text/plain")
                .withBody("héllo")
                .sent(MESSAGE, "content-type:text/plain")
                .withBody("built")
                .sent(MESSAGE, "content-type:application/octet-stream")
                .withBody("\0\1")
                .sent(MESSAGE, "content-type:application/json")
                .withBody("{\"action\":\"BUY\",\"shares\":44,\"ticker\":\"MMM\"}")
                .sent(MESSAGE, "content-type:application/json")
                .withBody("[1,2]")
                .sent(MESSAGE, "content-type:application/json")
                .withBody("{\"a\":1}")
                .isExhausted();
    }

    @Test
    void headersGoWithTheMessageExceptThoseOfTheServer() {
        var client = app.connect().say("SUBSCRIBE\nid:0\ndestination:/topic/x\n\n^@");
        var headers = new LinkedHashMap<String, String>();
        List.of("destination", "content-length", "message-id", "subscription", "ack", "receipt", "transaction")
                .forEach(name -> headers.put(name, "forged"));
        headers.put("content-type", "text/css");
        headers.put("x", "a:b\n");
        messenger.send("/topic/x", "body", headers);
        var frame = client.wire.next();
        assertThat(frame.headerMap())
                .containsEntry("destination", "/topic/x")
                .containsEntry("subscription", "0")
                .containsEntry("content-type", "text/css")
                .containsEntry("x", "a:b\n")
                .doesNotContainKeys("ack", "receipt", "transaction")
                .doesNotContainValue("forged");
        assertThat(client.wire.text()).contains("x:a\\cb\\n").doesNotContain("forged");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/topic/*",
                "/topic/**",
                "/topic.#",
                "/topic/>",
                "/user/ann/queue/x",
                "\u0001secret/queue/x",
                "/temp-queue/x",
                "/reply-queue/x"
            })
    void patternsAndDestinationsOfUsersAreRefused(String destination) {
        assertThatThrownBy(() -> messenger.send(destination, "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sendToUser");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "queue/x", "/queue/*", "/queue/**"})
    void whatIsSentToAUserGoesToOnePlace(String destination) {
        assertThatThrownBy(() -> messenger.sendToUser("nobody", destination, "x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> messenger.sendToSession("none", destination, "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aUserIsReachedInAllSessionsAndASessionByItself() {
        String subscribe = "SUBSCRIBE\nid:0\ndestination:/user/queue/news\n\n^@";
        var first = app.connect("ann").say(subscribe);
        var second = app.connect("ann").say(subscribe);
        var other = app.connect("bob").say(subscribe);
        messenger.sendToUser("ann", "/queue/news", "both");
        messenger.sendToSession(second.sessionId, "/user/queue/news", "one");
        messenger.sendToUser("nobody", "/queue/news", "nobody");
        messenger.sendToSession("none", "/queue/news", "nobody");
        assertThat(first.wire)
                .sent(MESSAGE, "destination:/user/queue/news")
                .withBody("both")
                .isExhausted();
        assertThat(second.wire)
                .sent(MESSAGE)
                .withBody("both")
                .sent(MESSAGE)
                .withBody("one")
                .isExhausted();
        assertThat(other.wire).isExhausted();
        first.lose();
        messenger.sendToUser("ann", "/queue/news", "left");
        assertThat(first.wire).isExhausted();
        assertThat(second.wire).sent(MESSAGE).withBody("left").isExhausted();
    }

    @Test
    void headersGoToUsersAndSessionsToo() {
        var ann = app.connect("ann").say("SUBSCRIBE\nid:0\ndestination:/user/queue/news\n\n^@");
        messenger.sendToUser("ann", "/queue/news", "a", Map.of("kind", "user", "destination", "forged"));
        messenger.sendToSession(ann.sessionId, "/queue/news", "b", Map.of("kind", "session"));
        assertThat(ann.wire)
                .sent(MESSAGE, "destination:/user/queue/news", "kind:user")
                .withBody("a")
                .sent(MESSAGE, "destination:/user/queue/news", "kind:session")
                .withBody("b")
                .isExhausted();
    }

    @Test
    void aConfirmedMessageTellsWhetherTheBrokerHasIt() {
        for (int i = 0; i < EmbeddedBrokerLimits.DEFAULTS.queueMessages(); i++) {
            assertThat(messenger.sendConfirmed("/queue/full", "x")).isCompleted();
        }
        assertThat(messenger.sendConfirmed("/queue/full", "x"))
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(IllegalStateException.class)
                .withMessageContaining(EmbeddedBrokerLimits.QUEUE_MESSAGES);
        assertThatThrownBy(() -> messenger.sendConfirmed("/topic/*", "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFullQueueIsToldToTheSender() {
        for (int i = 0; i < EmbeddedBrokerLimits.DEFAULTS.queueMessages(); i++) {
            messenger.send("/queue/full", "x");
        }
        assertThatThrownBy(() -> messenger.send("/queue/full", "x"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(EmbeddedBrokerLimits.QUEUE_MESSAGES);
    }

    @Test
    void messagesOfOneThreadArriveInOrderWhateverOtherThreadsDo() {
        var client = app.connect().say("SUBSCRIBE\nid:0\ndestination:/topic/*\n\n^@");
        var threads = Executors.newFixedThreadPool(4);
        try {
            var senders = IntStream.range(0, 4)
                    .mapToObj(sender -> CompletableFuture.runAsync(
                            () -> IntStream.range(0, 500).forEach(i -> messenger.send("/topic/" + sender, "" + i)),
                            threads))
                    .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(senders).join();
        } finally {
            threads.shutdown();
        }
        var expected = IntStream.range(0, 500).mapToObj(String::valueOf).toList();
        for (int sender = 0; sender < 4; sender++) {
            String topic = "/topic/" + sender;
            assertThat(client.wire.frames().stream()
                            .filter(frame ->
                                    frame.header("destination").orElse("").equals(topic))
                            .map(frame -> frame.bodyText()))
                    .containsExactlyElementsOf(expected);
        }
    }

    @Test
    void afterTheEndSendingIsRefused() {
        app.broker().close();
        assertThatThrownBy(() -> messenger.send("/topic/x", "x", Map.of())).isInstanceOf(IllegalStateException.class);
    }
}
