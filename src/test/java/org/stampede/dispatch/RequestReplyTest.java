package org.stampede.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.ERROR;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.stomp.Command.RECEIPT;
import static org.stampede.testing.WireAssert.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.dispatch.Payloads.Order;
import org.stampede.dispatch.TestApplication.Journal;
import org.stampede.messaging.Destination;
import org.stampede.messaging.DestinationVariable;
import org.stampede.messaging.Message;
import org.stampede.messaging.SendTo;

/** Request and reply: {@code reply-to}, {@code correlation-id} and temporary queues. */
class RequestReplyTest {

    @ApplicationScoped
    static class Market {
        CompletableFuture<String> later = new CompletableFuture<>();

        void explicit(@Observes @Destination("/app/explicit") String text, Message request) {
            request.reply("re: " + text);
        }

        String returned(@Observes @Destination("/app/returned.{n}") String text, @DestinationVariable("n") int n) {
            return text.repeat(n);
        }

        Order order(@Observes @Destination("/app/order") Order order) {
            return order;
        }

        CompletionStage<String> later(@Observes @Destination("/app/later") String text) {
            return later;
        }

        CompletableFuture<String> fresh() {
            later = new CompletableFuture<>();
            return later;
        }

        @SendTo("/topic/news")
        String elsewhere(@Observes @Destination("/app/news") String text) {
            return text;
        }

        String failing(@Observes @Destination("/app/failing") String text) {
            throw new IllegalStateException("secret");
        }
    }

    private static String request(String destination, String body) {
        return "SEND\ndestination:" + destination + "\nreply-to:/temp-queue/r\ncorrelation-id:c7\nreceipt:1\n\n" + body
                + "^@";
    }

    @Test
    void aReplyArrivesInTheTemporaryQueueWithTheSameCorrelation() throws Exception {
        try (var app = TestApplication.of(Market.class)) {
            var client = app.connect().say(request("/app/explicit", "hi"));
            assertThat(client.wire)
                    .sent(
                            MESSAGE,
                            "subscription:/temp-queue/r",
                            "destination:/temp-queue/r",
                            "correlation-id:c7",
                            "content-type:text/plain")
                    .withBody("re: hi")
                    .sent(RECEIPT, "receipt-id:1")
                    .isExhausted();
        }
    }

    @Test
    void whatAHandlerReturnsIsTheReply() throws Exception {
        try (var app = TestApplication.of(Market.class)) {
            var client = app.connect().say(request("/app/returned.2", "ha"));
            assertThat(client.wire)
                    .sent(MESSAGE, "subscription:/temp-queue/r", "correlation-id:c7")
                    .withBody("haha")
                    .sent(RECEIPT)
                    .isExhausted();
            client.say("SEND\ndestination:/app/returned.2\nreply-to:/temp-queue/r\n\nho^@");
            assertThat(client.wire)
                    .sent(MESSAGE)
                    .withBody("hoho")
                    .without("correlation-id")
                    .isExhausted();
            client.send("/app/returned.2", "nobody asks for it");
            assertThat(client.wire).sent(RECEIPT).isExhausted();
        }
    }

    @Test
    void aLaterResultIsTheReplyAsWell() throws Exception {
        try (var app = TestApplication.of(Market.class)) {
            var result = app.bean(Market.class).fresh();
            var client = app.connect().say(request("/app/later", ""));
            assertThat(client.wire).isExhausted();
            result.complete("at last");
            assertThat(client.wire)
                    .sent(MESSAGE, "subscription:/temp-queue/r", "correlation-id:c7")
                    .withBody("at last")
                    .sent(RECEIPT)
                    .isExhausted();
        }
    }

    @Test
    void whatIsSentElsewhereIsNoReply() throws Exception {
        try (var app = TestApplication.of(Market.class)) {
            var client = app.connect().say(request("/app/news", "x"));
            assertThat(client.wire).sent(RECEIPT).isExhausted();
        }
    }

    @Test
    void problemsGoToWhereTheReplyWouldGo() throws Exception {
        try (var app = TestApplication.of(Market.class);
                var log = new RecordedLog(ProblemReports.class)) {
            var client = app.connect();
            client.say(request("/app/order", "{")).say(request("/app/order", "{\"shares\":0}"));
            client.say(request("/app/returned.x", "")).say(request("/app/failing", ""));
            for (int status : new int[] {400, 422, 400, 500}) {
                assertThat(client.wire)
                        .sent(
                                MESSAGE,
                                "subscription:/temp-queue/r",
                                "correlation-id:c7",
                                "content-type:application/problem+json")
                        .withBodyContaining("\"status\":" + status);
            }
            assertThat(client.wire).isExhausted().isOpen();
            assertThat(log.records()).hasSize(1);
        }
    }

    @Test
    void aLaterFailureGoesThereToo() throws Exception {
        try (var app = TestApplication.of(Market.class);
                var log = new RecordedLog(ProblemReports.class)) {
            var result = app.bean(Market.class).fresh();
            var client = app.connect().say(request("/app/later", ""));
            result.completeExceptionally(new IllegalStateException("secret"));
            assertThat(client.wire)
                    .sent(MESSAGE, "subscription:/temp-queue/r", "correlation-id:c7")
                    .withBodyContaining("\"status\":500")
                    .isExhausted();
            assertThat(log.records()).hasSize(1);
        }
    }

    @Test
    void aReplyThatNeverComesIsAProblemThereInTime() throws Exception {
        try (var app = TestApplication.of(Market.class);
                var log = new RecordedLog(ProblemReports.class)) {
            var result = app.bean(Market.class).fresh();
            var client = app.connect().say(request("/app/later", ""));
            app.advance(TestApplication.HANDLER_TIME.plusMillis(1));
            assertThat(client.wire)
                    .sent(
                            MESSAGE,
                            "subscription:/temp-queue/r",
                            "correlation-id:c7",
                            "content-type:application/problem+json")
                    .withBodyContaining("\"status\":504")
                    .isExhausted();
            result.complete("too late");
            assertThat(client.wire).isExhausted();
            assertThat(log.records()).hasSize(1);
        }
    }

    @Test
    void aReplyMayGoToAUserDestinationOfTheSession() throws Exception {
        try (var app = TestApplication.of(Market.class)) {
            var client = app.connect("ann").say("SUBSCRIBE\nid:0\ndestination:/user/queue/re\n\n^@");
            var other = app.connect("ann").say("SUBSCRIBE\nid:0\ndestination:/user/queue/re\n\n^@");
            client.say("SEND\ndestination:/app/explicit\nreply-to:/user/queue/re\ncorrelation-id:9\n\nhi^@");
            assertThat(client.wire)
                    .sent(MESSAGE, "subscription:0", "destination:/user/queue/re", "correlation-id:9")
                    .isExhausted();
            assertThat(other.wire).isExhausted();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/topic/all", "/queue/jobs", "temp-queue/x", "/temp-queue/", "/temp-queue/*", "/user/", "x", ""})
    void nobodyMakesTheServerSpeakToOthers(String replyTo) throws Exception {
        try (var app = TestApplication.of(Market.class)) {
            var client = app.connect().say("SUBSCRIBE\nid:0\ndestination:/topic/all\n\n^@");
            for (String place : new String[] {"/app/explicit", "/app/returned.1"}) {
                client.say("SEND\ndestination:" + place + "\nreply-to:" + replyTo + "\ncorrelation-id:9\n\nhi^@");
                assertThat(client.wire)
                        .sent(MESSAGE, "destination:/user/queue/errors", "correlation-id:9")
                        .withBodyContaining("\"status\":400")
                        .withBodyContaining("must be a place of the session itself")
                        .isExhausted();
            }
        }
    }

    @Test
    void aReplyThatNobodyAskedForIsAnErrorOfTheHandler() throws Exception {
        try (var app = TestApplication.of(Market.class);
                var log = new RecordedLog(ProblemReports.class)) {
            app.connect().send("/app/explicit", "");
            assertThat(app.failures().get(0).cause().orElseThrow())
                    .hasMessage("The message asks for no reply: it has no header reply-to.");
            assertThat(log.records()).hasSize(1);
        }
    }

    @Test
    void handlersOfEverythingDoNotGetWhatClientsReplyToOneAnother() throws Exception {
        try (var app = TestApplication.of(Greedy.class)) {
            var worker = app.connect().say("SUBSCRIBE\nid:0\ndestination:/user/queue/work\n\n^@");
            var other = app.connect("bob").say("SUBSCRIBE\nid:0\ndestination:/user/queue/work\n\n^@");
            worker.say("SEND\ndestination:/user/bob/queue/work\nreply-to:/temp-queue/r\n\nask^@");
            String address = other.wire.next().header("reply-to").orElseThrow();
            other.say("SEND\ndestination:" + address + "\n\nreply^@");
            assertThat(worker.wire)
                    .sent(MESSAGE, "subscription:/temp-queue/r")
                    .withBody("reply")
                    .isExhausted();
            assertThat(app.journal()).isEmpty();
        }
    }

    @ApplicationScoped
    static class Greedy {
        @Inject
        Journal journal;

        void all(@Observes @Destination("/**") String text) {
            journal.note(text);
        }
    }

    @Test
    void temporaryQueuesAreOfTheSessionAlone() throws Exception {
        try (var app = TestApplication.of(Market.class)) {
            var ann = app.connect().say(request("/app/explicit", "a"));
            var bob = app.connect().say(request("/app/explicit", "b"));
            assertThat(ann.wire).sent(MESSAGE).withBody("re: a").sent(RECEIPT).isExhausted();
            assertThat(bob.wire).sent(MESSAGE).withBody("re: b").sent(RECEIPT).isExhausted();
        }
    }

    @Test
    void aRequestInATransactionIsRepliedToAfterItsCommit() throws Exception {
        try (var app = TestApplication.of(Market.class)) {
            var client = app.connect().say("BEGIN\ntransaction:t\n\n^@");
            client.say("SEND\ndestination:/app/explicit\nreply-to:/temp-queue/r\ntransaction:t\n\nhi^@");
            assertThat(client.wire).isExhausted();
            client.say("COMMIT\ntransaction:t\n\n^@");
            assertThat(client.wire).sent(MESSAGE, "subscription:/temp-queue/r").isExhausted();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SEND\ndestination:/temp-queue/r\n\n^@",
                "SUBSCRIBE\nid:0\ndestination:/temp-queue/r\n\n^@",
                "SUBSCRIBE\nid:/temp-queue/r\ndestination:/topic/x\n\n^@"
            })
    void temporaryQueuesAreForRepliesOnly(String frame) throws Exception {
        try (var app = TestApplication.of(Market.class)) {
            var client = app.connect().say(frame);
            assertThat(client.wire).sent(ERROR).withBodyContaining("reply-to").isExhausted();
        }
    }

    @Test
    void temporaryQueuesAreBoundedAsSubscriptionsAre() throws Exception {
        try (var app = TestApplication.of(Market.class)) {
            var client = app.connect();
            for (int i = 0; i < 100; i++) {
                client.say("SEND\ndestination:/app/explicit\nreply-to:/temp-queue/" + i + "\n\n^@");
            }
            client.wire.skipAll();
            client.say("SEND\ndestination:/app/explicit\nreply-to:/temp-queue/0\n\n^@");
            assertThat(client.wire).sent(MESSAGE).isExhausted();
            client.say("SEND\ndestination:/app/explicit\nreply-to:/temp-queue/more\n\n^@");
            assertThat(client.wire).sent(ERROR).withBodyContaining("temporary queues of a session");
        }
    }
}
