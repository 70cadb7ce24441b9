package org.stampede.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.stomp.Command.RECEIPT;
import static org.stampede.testing.WireAssert.assertThat;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.stampede.broker.RefusedException;
import org.stampede.dispatch.TestApplication.Journal;
import org.stampede.messaging.Destination;
import org.stampede.messaging.HandlerFailure;
import org.stampede.messaging.Message;
import org.stampede.messaging.Messenger;

/** What is around a handler's call: contexts, the message, failures. */
class HandlerCallTest {

    @RequestScoped
    static class Request {
        static final AtomicInteger BEGUN = new AtomicInteger();
        static final AtomicInteger ENDED = new AtomicInteger();

        private int calls;

        @PostConstruct
        void begin() {
            BEGUN.incrementAndGet();
        }

        @PreDestroy
        void end() {
            ENDED.incrementAndGet();
        }

        int call() {
            return ++calls;
        }
    }

    @Dependent
    static class Helper {
        static final AtomicInteger MADE = new AtomicInteger();
        static final AtomicInteger GONE = new AtomicInteger();

        @Inject
        Request request;

        @PostConstruct
        void begin() {
            MADE.incrementAndGet();
        }

        @PreDestroy
        void end() {
            GONE.incrementAndGet();
        }

        int call() {
            return request.call();
        }
    }

    /** Dependent, as is its parameter: both must go with each call. */
    @Dependent
    static class Counting {
        @Inject
        Journal journal;

        @Inject
        Helper helper;

        void count(@Observes @Destination("/app/count") String body, Helper another) {
            journal.note(body + " " + helper.call() + another.call());
        }
    }

    @Test
    void everyMessageHasARequestContextOfItsOwn() throws Exception {
        try (var app = TestApplication.of(Counting.class, Helper.class, Request.class)) {
            var client = app.connect();
            int begun = Request.BEGUN.get();
            client.send("/app/count", "a").send("/app/count", "b");
            assertThat(app.journal()).containsExactly("a 12", "b 12");
            assertThat(Request.BEGUN.get() - begun).isEqualTo(2);
            assertThat(Request.ENDED).hasValue(Request.BEGUN.get());
            assertThatThrownBy(() -> app.bean(Request.class).call()).isInstanceOf(ContextNotActiveException.class);
        }
    }

    @Test
    void tenThousandMessagesLeaveNothingBehind() throws Exception {
        try (var app = TestApplication.of(Counting.class, Helper.class, Request.class)) {
            var client = app.connect();
            for (int i = 0; i < 10_000; i++) {
                client.say("SEND\ndestination:/app/count\n\nx^@");
            }
            assertThat(app.journal()).hasSize(10_000).containsOnly("x 12");
            assertThat(Helper.GONE).hasValue(Helper.MADE.get());
            assertThat(Request.ENDED).hasValue(Request.BEGUN.get());
            assertThat(client.wire).isExhausted();
        }
    }

    @ApplicationScoped
    static class Office {
        @Inject
        Message message;

        String report() {
            return message.destination() + " " + message.text() + " " + message.header("x") + " " + message.sessionId()
                    + " " + message.user().isPresent() + " " + message.variable("place") + " "
                    + message.headers().size() + " " + message.body().length;
        }
    }

    @ApplicationScoped
    static class Clerk {
        @Inject
        Office office;

        @Inject
        Journal journal;

        void handle(@Observes @Destination("/app/{place}") String body) {
            journal.note(office.report());
        }
    }

    @Test
    void theMessageIsInjectedIntoWhateverTheHandlerCalls() throws Exception {
        try (var app = TestApplication.of(Office.class, Clerk.class)) {
            var client = app.connect("ann");
            client.say("SEND\ndestination:/app/here\nx:7\n\nhello^@");
            assertThat(app.journal())
                    .containsExactly("/app/here hello Optional[7] " + client.sessionId + " true here 2 5");
        }
    }

    @Test
    void outsideOfAHandlerThereIsNoMessage() throws Exception {
        try (var app = TestApplication.of(Office.class, Clerk.class)) {
            app.connect().send("/app/x", "");
            assertThatThrownBy(() -> app.bean(Office.class).report()).isInstanceOf(ContextNotActiveException.class);
            var controller = app.bean(RequestContextController.class);
            controller.activate();
            try {
                assertThatThrownBy(() -> app.bean(Office.class).report())
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("No message is being handled");
                app.connect().send("/app/x", "");
                assertThatThrownBy(() -> app.bean(Office.class).report())
                        .as("a message handled in a context that was active before")
                        .isInstanceOf(IllegalStateException.class);
            } finally {
                controller.deactivate();
            }
        }
    }

    @ApplicationScoped
    static class Failing {
        @Inject
        Messenger messenger;

        void runtime(@Observes @Destination("/app/runtime") String body) {
            throw new IllegalStateException("secret of the server");
        }

        void checked(@Observes @Destination("/app/checked") String body) throws IOException {
            throw new IOException("secret of the server");
        }

        void stomp(@Observes @Destination("/app/stomp") String body) {
            throw new RefusedException("secret of the server", "secret of the server");
        }

        void error(@Observes @Destination("/app/error") String body) {
            throw new StackOverflowError("secret of the server");
        }

        void loop(@Observes @Destination("/app/loop") String body) {
            var loop = new Object[1];
            loop[0] = loop;
            messenger.send("/topic/x", loop);
        }

        void fine(@Observes @Destination("/app/fine") String body) {}
    }

    @Test
    void aFailureOfTheHandlerIsAProblemWithoutDetails() throws Exception {
        try (var app = TestApplication.of(Failing.class);
                var log = new RecordedLog(Failures.class)) {
            var client = app.connect();
            for (String kind : new String[] {"runtime", "checked", "stomp", "error", "loop"}) {
                log.records().clear();
                client.send("/app/" + kind, "");
                var failure = app.failures().get(app.failures().size() - 1);
                String id = failure.problem().instance().orElseThrow();
                assertThat(id).matches("urn:uuid:[0-9a-f-]{36}");
                assertThat(client.wire)
                        .sent(
                                MESSAGE,
                                "destination:/user/queue/errors",
                                "subscription:errors",
                                "content-type:application/problem+json")
                        .withBody("{\"type\":\"urn:stampede:problem:handler-failed\","
                                + "\"title\":\"The message could not be handled.\",\"status\":500,"
                                + "\"detail\":\"The server failed while it handled the message; its log has more under"
                                + " the id of this problem.\",\"instance\":\"" + id + "\","
                                + "\"destination\":\"/app/" + kind + "\",\"receipt-id\":\"1\",\"violations\":[]}")
                        .isExhausted()
                        .isOpen();
                assertThat(log.records()).singleElement().satisfies(entry -> {
                    assertThat(entry.getLevel()).isEqualTo(Level.SEVERE);
                    assertThat(entry.getMessage()).contains(id, client.sessionId, "/app/" + kind);
                    assertThat(entry.getThrown())
                            .isSameAs(failure.cause().orElseThrow())
                            .isInstanceOf(
                                    switch (kind) {
                                        case "runtime" -> IllegalStateException.class;
                                        case "checked" -> IOException.class;
                                        case "stomp" -> RefusedException.class;
                                        default -> Throwable.class;
                                    });
                });
            }
            client.send("/app/fine", "");
            assertThat(client.wire).sent(RECEIPT, "receipt-id:1").isExhausted();
        }
    }

    @Test
    void aProblemNamesNoReceiptThatWasNotAskedFor() throws Exception {
        try (var app = TestApplication.of(Failing.class);
                var log = new RecordedLog(Failures.class)) {
            var client = app.connect();
            client.say("SEND\ndestination:/app/runtime\n\n^@");
            assertThat(client.wire.next().bodyText()).doesNotContain("receipt-id");
            assertThat(client.wire).isExhausted();
            assertThat(log.records()).hasSize(1);
        }
    }

    @Test
    void onlyTheSenderHearsOfAProblem() throws Exception {
        try (var app = TestApplication.of(Failing.class);
                var log = new RecordedLog(Failures.class)) {
            var ann = app.connect("ann");
            var annAgain = app.connect("ann");
            annAgain.send("/app/runtime", "");
            assertThat(ann.wire).isExhausted();
            assertThat(annAgain.wire).sent(MESSAGE).isExhausted();
            assertThat(log.records()).hasSize(1);
        }
    }

    @ApplicationScoped
    static class ClumsyObserver {
        @Inject
        Message message;

        @Inject
        Journal journal;

        void failed(@Observes HandlerFailure failure) {
            journal.note("failed " + message.text());
            throw new IllegalStateException("I fail as well");
        }
    }

    @Test
    void anObserverOfFailuresThatFailsIsHarmless() throws Exception {
        try (var app = TestApplication.of(Failing.class, ClumsyObserver.class);
                var log = new RecordedLog(Failures.class)) {
            var client = app.connect();
            client.send("/app/runtime", "hi");
            assertThat(client.wire).sent(MESSAGE).isExhausted().isOpen();
            assertThat(app.journal()).containsExactly("failed hi");
            assertThat(log.records()).hasSize(2);
        }
    }

    @Test
    void aProblemThatCannotBeSentIsHarmless() throws Exception {
        try (var app = TestApplication.of(Failing.class);
                var log = new RecordedLog(Failures.class)) {
            var client = app.connect();
            app.broker().close();
            client.send("/app/runtime", "");
            assertThat(app.failures()).hasSize(1);
            assertThat(client.wire).isExhausted().isOpen();
            assertThat(log.records()).hasSize(2);
        }
    }

    @ApplicationScoped
    static class Replying {
        @Inject
        Messenger messenger;

        void trade(@Observes @Destination("/queue/trade") Payloads.Order order, Message message) {
            message.reply("/queue/trades", order);
            messenger.send("/topic/trades", order.ticker());
            messenger.send("/queue/trade", "to the broker, not to a handler");
        }
    }

    @Test
    void aHandlerRepliesAndSends() throws Exception {
        try (var app = TestApplication.of(Replying.class)) {
            var ann = app.connect("ann");
            var bob = app.connect("bob");
            ann.say("SUBSCRIBE\nid:mine\ndestination:/user/queue/trades\n\n^@");
            bob.say("SUBSCRIBE\nid:mine\ndestination:/user/queue/trades\n\n^@");
            bob.say("SUBSCRIBE\nid:all\ndestination:/topic/trades\n\n^@");
            ann.send("/queue/trade", "{\"action\":\"BUY\",\"ticker\":\"MMM\",\"shares\":44}");
            assertThat(ann.wire)
                    .sent(
                            MESSAGE,
                            "subscription:mine",
                            "destination:/user/queue/trades",
                            "content-type:application/json")
                    .withBody("{\"action\":\"BUY\",\"shares\":44,\"ticker\":\"MMM\"}")
                    .sent(RECEIPT)
                    .isExhausted();
            assertThat(bob.wire)
                    .sent(MESSAGE, "subscription:all", "content-type:text/plain")
                    .withBody("MMM")
                    .isExhausted();
            bob.say("SUBSCRIBE\nid:q\ndestination:/queue/trade\n\n^@");
            assertThat(bob.wire)
                    .sent(MESSAGE)
                    .withBodyContaining("to the broker")
                    .isExhausted();
        }
    }
}
