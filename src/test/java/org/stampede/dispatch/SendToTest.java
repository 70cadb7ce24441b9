package org.stampede.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.stomp.Command.RECEIPT;
import static org.stampede.testing.WireAssert.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.inject.Inject;
import jakarta.security.enterprise.SecurityContext;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.stampede.dispatch.Payloads.Order;
import org.stampede.dispatch.TestApplication.Client;
import org.stampede.dispatch.TestApplication.Journal;
import org.stampede.messaging.Destination;
import org.stampede.messaging.HandlerFailure;
import org.stampede.messaging.Message;
import org.stampede.messaging.SendTo;
import org.stampede.messaging.SendToUser;

/** What becomes of that which methods return. */
class SendToTest {

    private static Client listener(TestApplication app, String... destinations) {
        return listen(app.connect(), destinations);
    }

    private static Client listen(Client client, String... destinations) {
        for (String destination : destinations) {
            client.say("SUBSCRIBE\nid:" + destination + "\ndestination:" + destination + "\n\n^@");
        }
        return client;
    }

    @ApplicationScoped
    static class Quotes {
        @SendTo("/topic/price.{ticker}")
        Order correct(@Observes @Destination("/app/quote.{ticker}") Order order) {
            return order;
        }

        @SendTo({"/topic/a", "/topic/b"})
        String twice(@Observes @Destination("/app/twice") String text) {
            return text + "!";
        }

        @SendTo("/topic/a")
        @Nullable
        String nothing(@Observes @Destination("/app/null") String text) {
            return null;
        }

        @SendTo("/topic/a")
        Optional<String> perhaps(@Observes @Destination("/app/perhaps") String text) {
            return Optional.of(text).filter(t -> !t.isEmpty());
        }
    }

    @Test
    void whatAHandlerReturnsIsSentToTheDestinationWithItsVariables() throws Exception {
        try (var app = TestApplication.of(Quotes.class)) {
            var all = listener(app, "/topic/price.mmm");
            var client = app.connect().send("/app/quote.mmm", "{\"action\":\"BUY\",\"ticker\":\"MMM\",\"shares\":4}");
            assertThat(client.wire).sent(RECEIPT, "receipt-id:1").isExhausted();
            assertThat(all.wire)
                    .sent(MESSAGE, "destination:/topic/price.mmm", "content-type:application/json")
                    .withBody("{\"action\":\"BUY\",\"shares\":4,\"ticker\":\"MMM\"}")
                    .isExhausted();
        }
    }

    @Test
    void severalDestinationsAreSentToAndNothingIsSentForNullAndEmpty() throws Exception {
        try (var app = TestApplication.of(Quotes.class)) {
            var all = listener(app, "/topic/a", "/topic/b");
            app.connect()
                    .send("/app/null", "")
                    .send("/app/perhaps", "")
                    .send("/app/perhaps", "maybe")
                    .send("/app/twice", "hi");
            assertThat(all.wire)
                    .sent(MESSAGE, "destination:/topic/a")
                    .withBody("maybe")
                    .sent(MESSAGE, "destination:/topic/a")
                    .withBody("hi!")
                    .sent(MESSAGE, "destination:/topic/b")
                    .withBody("hi!")
                    .isExhausted();
        }
    }

    @ApplicationScoped
    @SendTo("/topic/class")
    static class Plain {
        String ofClass() {
            return "class";
        }

        @SendTo("/topic/method")
        String ofMethod() {
            return "method";
        }

        @SendTo("/topic/{room}")
        String ofRoom() {
            throw new AssertionError("not to be called");
        }

        void nothing() {}

        String failing() {
            throw new IllegalArgumentException("no");
        }
    }

    @Test
    void itWorksOnAnyBeanAndTheMethodTakesThePlaceOfTheClass() throws Exception {
        try (var app = TestApplication.of(Plain.class)) {
            var all = listener(app, "/topic/class", "/topic/method");
            var plain = app.bean(Plain.class);
            assertThat(plain.ofClass()).isEqualTo("class");
            plain.ofMethod();
            plain.nothing();
            assertThatThrownBy(plain::failing).isInstanceOf(IllegalArgumentException.class);
            assertThat(all.wire)
                    .sent(MESSAGE, "destination:/topic/class")
                    .withBody("class")
                    .sent(MESSAGE, "destination:/topic/method")
                    .withBody("method")
                    .isExhausted();
        }
    }

    @Test
    void aVariableThatHasNoValueFailsTheCallBeforeTheBody() throws Exception {
        try (var app = TestApplication.of(Plain.class)) {
            assertThatThrownBy(() -> app.bean(Plain.class).ofRoom())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("The destination /topic/{room} needs a variable {room}; only a message");
        }
    }

    @ApplicationScoped
    static class Slow {
        @Inject
        Journal journal;

        CompletableFuture<String> result = new CompletableFuture<>();

        @SendTo("/topic/{room}")
        CompletionStage<String> slow(@Observes @Destination("/app/slow.{room}") String text) {
            return result;
        }

        CompletionStage<String> silent(@Observes @Destination("/app/silent") String text) {
            return result;
        }

        void failed(@Observes HandlerFailure failure, Message message) {
            journal.note("failed " + message.destination());
        }

        CompletableFuture<String> fresh() {
            result = new CompletableFuture<>();
            return result;
        }
    }

    @Test
    void aStageIsAwaitedAndTheReceiptFollowsItsResult() throws Exception {
        try (var app = TestApplication.of(Slow.class)) {
            var all = listener(app, "/topic/red");
            var result = app.bean(Slow.class).fresh();
            var client = app.connect().send("/app/slow.red", "");
            assertThat(client.wire).isExhausted();
            var other = new Thread(() -> result.complete("done"));
            other.start();
            other.join();
            assertThat(all.wire).sent(MESSAGE).withBody("done").isExhausted();
            assertThat(client.wire).sent(RECEIPT, "receipt-id:1").isExhausted();
        }
    }

    @Test
    void aHandlerWithoutDestinationIsAwaitedAsWell() throws Exception {
        try (var app = TestApplication.of(Slow.class)) {
            var result = app.bean(Slow.class).fresh();
            var client = app.connect().send("/app/silent", "");
            assertThat(client.wire).isExhausted();
            result.complete("done");
            assertThat(client.wire).sent(RECEIPT, "receipt-id:1").isExhausted();
        }
    }

    @Test
    void aStageThatFailsIsAProblemWithoutReceipt() throws Exception {
        try (var app = TestApplication.of(Slow.class);
                var log = new RecordedLog(ProblemReports.class)) {
            var result = app.bean(Slow.class).fresh();
            var client = app.connect().send("/app/slow.red", "");
            var failure = new IllegalStateException("secret");
            var other = new Thread(() -> result.completeExceptionally(failure));
            other.start();
            other.join();
            assertThat(client.wire)
                    .sent(MESSAGE, "destination:/user/queue/errors")
                    .withBodyContaining("\"status\":500")
                    .isExhausted()
                    .isOpen();
            assertThat(app.failures().get(0).cause()).contains(failure);
            assertThat(app.journal()).containsExactly("failed /app/slow.red");
            assertThat(log.records()).hasSize(1);
        }
    }

    @ApplicationScoped
    static class Personal {
        @SendToUser("/queue/all.{id}")
        String all(@Observes @Destination("/app/all.{id}") String text) {
            return text;
        }

        @SendToUser(value = "/queue/one", allSessions = false)
        String one(@Observes @Destination("/app/one") String text) {
            return text;
        }

        @SendTo("/topic/both")
        @SendToUser("/queue/one")
        String both(@Observes @Destination("/app/both") String text) {
            return text;
        }

        @SendToUser("/queue/one")
        String call(String text) {
            return text;
        }
    }

    @Test
    void theSenderIsSentToInAllSessionsOrInOne() throws Exception {
        try (var app = TestApplication.of(Personal.class)) {
            String[] places = {"/user/queue/all.7", "/user/queue/one"};
            var home = listen(app.connect("ann"), places);
            var work = listen(app.connect("ann"), places);
            var bob = listen(app.connect("bob"), places);
            home.send("/app/all.7", "a").send("/app/one", "b");
            assertThat(home.wire)
                    .sent(MESSAGE, "destination:/user/queue/all.7")
                    .withBody("a")
                    .sent(RECEIPT)
                    .sent(MESSAGE, "destination:/user/queue/one")
                    .withBody("b")
                    .sent(RECEIPT)
                    .isExhausted();
            assertThat(work.wire).sent(MESSAGE).withBody("a").isExhausted();
            assertThat(bob.wire).isExhausted();
        }
    }

    @Test
    void aSenderWhoIsNotLoggedInIsReachedInHisSession() throws Exception {
        try (var app = TestApplication.of(Personal.class)) {
            var nobody = listen(app.connect(), "/user/queue/one", "/topic/both");
            var somebody = listen(app.connect(), "/user/queue/one");
            nobody.send("/app/both", "x");
            assertThat(nobody.wire).sent(MESSAGE).sent(MESSAGE).sent(RECEIPT).isExhausted();
            assertThat(somebody.wire).isExhausted();
        }
    }

    @Test
    void outsideOfAHandlerACallerIsNeeded() throws Exception {
        try (var app = TestApplication.of(Personal.class)) {
            assertThatThrownBy(() -> app.bean(Personal.class).call("x"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("@SendToUser needs a user: no message is being handled, and no caller is logged in.");
        }
    }

    /** Stands for the container's, which knows the caller of a REST resource. */
    @ApplicationScoped
    static class Security {
        @Produces
        @Dependent
        SecurityContext context() {
            Principal ann = () -> "ann";
            return (SecurityContext) Proxy.newProxyInstance(
                    SecurityContext.class.getClassLoader(),
                    new Class<?>[] {SecurityContext.class},
                    (proxy, method, arguments) -> method.getName().equals("getCallerPrincipal") ? ann : null);
        }
    }

    @Test
    void outsideOfAHandlerTheCallerIsSentTo() throws Exception {
        try (var app = TestApplication.of(Personal.class, Security.class)) {
            var ann = listen(app.connect("ann"), "/user/queue/one");
            app.bean(Personal.class).call("x");
            assertThat(ann.wire).sent(MESSAGE).withBody("x").isExhausted();
        }
    }

    @Dependent
    static class Faulty {
        @SendTo("/topic/x")
        void nothing() {}

        @SendTo("/topic/x")
        private String hidden() {
            return "x";
        }

        @SendTo("/user/queue/x")
        String user() {
            return "x";
        }

        @SendTo("/topic/*")
        String many() {
            return "x";
        }

        @SendToUser("queue")
        String relative() {
            return "x";
        }

        @SendTo("/topic/{b}")
        String unknown(@Observes @Destination("/app/{a}") String text) {
            return hidden();
        }

        private String unseen(@Observes @Destination("/app/{a}") String text) {
            return text;
        }
    }

    @Dependent
    @SendTo("topic")
    static class FaultyClass {
        List<String> some() {
            return List.of();
        }
    }

    @Test
    void allFaultsAreToldAtDeployment() {
        assertThatThrownBy(() ->
                        TestApplication.of(Faulty.class, FaultyClass.class).close())
                .isInstanceOf(DeploymentException.class)
                .hasMessageStartingWith("Stampede found 8 faults:")
                .hasMessageContaining("Faulty.nothing: there is nothing to send, since the method returns nothing.")
                .hasMessageContaining("Faulty.hidden: what a private, static or final method")
                .hasMessageContaining("Faulty.user: the destination /user/queue/x is one for users; use @SendToUser")
                .hasMessageContaining("Faulty.many: the destination /topic/* must be a single place")
                .hasMessageContaining("Faulty.relative: the destination queue must begin with a slash.")
                .hasMessageContaining("Faulty.unknown: the pattern /app/{a} has no variable {b}")
                .hasMessageContaining("Faulty.unseen: what a private, static or final method")
                .hasMessageContaining("FaultyClass: the destination topic must begin with a slash.");
    }
}
