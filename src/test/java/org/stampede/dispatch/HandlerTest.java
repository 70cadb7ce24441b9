package org.stampede.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.ERROR;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.stomp.Command.RECEIPT;
import static org.stampede.testing.WireAssert.assertThat;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.EventMetadata;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Arrays;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.stampede.dispatch.Payloads.Action;
import org.stampede.dispatch.Payloads.Customer;
import org.stampede.dispatch.Payloads.GoodCustomer;
import org.stampede.dispatch.Payloads.Order;
import org.stampede.dispatch.TestApplication.Journal;
import org.stampede.messaging.Destination;
import org.stampede.messaging.Message;

/** Which handler gets a message, and as what. */
class HandlerTest {

    @ApplicationScoped
    static class Places {
        @Inject
        Journal journal;

        void literal(@Observes @Destination("/app/price.mmm") String body) {
            journal.note("literal " + body);
        }

        void variable(@Observes @Destination("/app/price.{ticker}") String body, Message message) {
            journal.note("variable " + message.variable("ticker") + " " + body);
        }

        void one(@Observes @Destination("/app/*/one") String body, Message message) {
            journal.note("one " + message.destination());
        }

        void two(@Observes @Destination("/app/{a}/{b}") String body, Message message) {
            journal.note("two " + message.variable("a") + " " + message.variable("b"));
        }

        void rest(@Observes @Destination("/app/**") String body, Message message) {
            journal.note("rest " + message.destination());
        }
    }

    @Test
    void theMostSpecificPatternWins() throws Exception {
        try (var app = TestApplication.of(Places.class)) {
            var client = app.connect();
            for (String place : new String[] {
                "/app/price.mmm", "/app/price.ibm", "/app/x/one", "/app/x/two", "/app/x/y/z", "/app", "/app/price/mmm"
            }) {
                client.send(place, "5");
                assertThat(client.wire).sent(RECEIPT, "receipt-id:1").isExhausted();
            }
            assertThat(app.journal())
                    .containsExactly(
                            "literal 5",
                            "variable ibm 5",
                            "one /app/x/one",
                            "two x two",
                            "rest /app/x/y/z",
                            "rest /app",
                            "two price mmm");
        }
    }

    @Test
    void whatNoPatternMatchesGoesToTheBroker() throws Exception {
        try (var app = TestApplication.of(Places.class)) {
            var client = app.connect();
            client.say("SUBSCRIBE\nid:0\ndestination:/topic/app\n\n^@").send("/topic/app", "hello");
            assertThat(client.wire)
                    .sent(MESSAGE, "subscription:0", "destination:/topic/app")
                    .withBody("hello")
                    .sent(RECEIPT, "receipt-id:1")
                    .isExhausted();
            assertThat(app.journal()).isEmpty();
        }
    }

    @ApplicationScoped
    static class CatchAll {
        @Inject
        Journal journal;

        void all(@Observes @Destination("/**") String body) {
            journal.note(body);
        }
    }

    @Test
    void aHandlerOfEverythingLeavesTheDestinationsOfUsersAlone() throws Exception {
        try (var app = TestApplication.of(CatchAll.class)) {
            var ann = app.connect("ann");
            ann.say("SUBSCRIBE\nid:0\ndestination:/user/queue/news\n\n^@").send("/user/ann/queue/news", "hello");
            assertThat(ann.wire)
                    .sent(MESSAGE, "destination:/user/queue/news")
                    .sent(RECEIPT)
                    .isExhausted();
            assertThat(app.journal()).isEmpty();
        }
    }

    @Test
    void anUnknownVariableIsAnErrorOfTheHandler() throws Exception {
        try (var app = TestApplication.of(Forgetful.class)) {
            var client = app.connect();
            client.send("/app/x", "");
            assertThat(client.wire)
                    .sent(MESSAGE)
                    .withBodyContaining("\"status\":500")
                    .isExhausted();
            assertThat(app.failures().get(0).cause().orElseThrow())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The pattern has no variable {b}.");
        }
    }

    @ApplicationScoped
    static class Forgetful {
        void take(@Observes @Destination("/app/{a}") String body, Message message) {
            message.variable("b");
        }
    }

    @ApplicationScoped
    static class Types {
        @Inject
        Journal journal;

        void record(@Observes @Destination("/app/record") Order order) {
            journal.note(order.toString());
        }

        void bean(@Observes @Destination("/app/bean") Customer customer) {
            journal.note(customer.name + " " + customer.getAge());
        }

        void heir(@Observes @Destination("/app/heir") GoodCustomer customer) {
            journal.note(customer.name + " " + customer.getAge() + " " + customer.bonus);
        }

        void array(@Observes @Destination("/app/array") Order[] orders) {
            journal.note(Arrays.toString(orders));
        }

        void ints(@Observes @Destination("/app/ints") int[] numbers) {
            journal.note(Arrays.toString(numbers));
        }

        void number(@Observes @Destination("/app/number") Integer number) {
            journal.note("number " + number);
        }

        void constant(@Observes @Destination("/app/constant") Action action) {
            journal.note("constant " + action);
        }

        void text(@Observes @Destination("/app/text") String text) {
            journal.note("text " + text);
        }

        void octets(@Observes @Destination("/app/octets") byte[] octets) {
            journal.note("octets " + Arrays.toString(octets));
        }

        void value(@Observes @Destination("/app/value") JsonValue value) {
            journal.note("value " + value);
        }

        void object(@Observes @Destination("/app/object") JsonObject object) {
            journal.note("object " + object.getInt("a"));
        }

        void list(@Observes @Destination("/app/list") JsonArray array) {
            journal.note("list " + array.size());
        }

        void string(@Observes @Destination("/app/string") JsonString string) {
            journal.note("string " + string.getString());
        }

        void message(@Observes @Destination("/app/message") Message message) {
            journal.note("message " + message.text() + " " + message.headers());
        }
    }

    @Test
    void thePayloadIsOfTheObservedType() throws Exception {
        try (var app = TestApplication.of(Types.class)) {
            var client = app.connect();
            client.send("/app/record", "{\"action\":\"BUY\",\"ticker\":\"MMM\",\"shares\":44}");
            client.send("/app/bean", "{\"name\":\"Ann\",\"age\":7}");
            client.send("/app/heir", "{\"name\":\"Bob\",\"age\":8,\"bonus\":9}");
            client.send("/app/array", "[{\"action\":\"SELL\",\"ticker\":\"é𝄞\",\"shares\":1}]");
            client.send("/app/ints", "[1,2]");
            client.send("/app/number", "44");
            client.send("/app/constant", "\"BUY\"");
            client.send("/app/text", "{not JSON");
            client.send("/app/text", "");
            client.send("/app/value", "null");
            client.send("/app/value", "17");
            client.send("/app/object", "{\"a\":1}");
            client.send("/app/list", "[1,[]]");
            client.send("/app/string", "\"x\"");
            assertThat(app.journal())
                    .containsExactly(
                            "Order[action=BUY, ticker=MMM, shares=44]",
                            "Ann 7",
                            "Bob 8 9",
                            "[Order[action=SELL, ticker=é𝄞, shares=1]]",
                            "[1, 2]",
                            "number 44",
                            "constant BUY",
                            "text {not JSON",
                            "text ",
                            "value null",
                            "value 17",
                            "object 1",
                            "list 2",
                            "string x");
            client.wire.skipAll();
            client.say("SEND\ndestination:/app/octets\ncontent-length:3\n\n\1\0\2\0".getBytes("ISO-8859-1"));
            client.say("SEND\ndestination:/app/message\nx:1\nx:2\n\nhi^@");
            assertThat(app.journal()).containsExactly("octets [1, 0, 2]", "message hi {destination=/app/message, x=1}");
            assertThat(client.wire).isExhausted();
        }
    }

    @ApplicationScoped
    static class Ordered {
        @Inject
        Journal journal;

        void last(@Observes @Priority(30) @Destination("/app/x") String body) {
            journal.note("last");
        }

        void first(@Observes @Priority(10) @Destination("/app/x") String body) {
            journal.note("first");
        }
    }

    @Dependent
    static class Between {
        @Inject
        Journal journal;

        void between(@Observes @Priority(20) @Destination("/app/x") String body) {
            journal.note("between");
        }
    }

    @Test
    void severalHandlersOfAPatternAreCalledByPriority() throws Exception {
        try (var app = TestApplication.of(Ordered.class, Between.class)) {
            app.connect().send("/app/x", "");
            assertThat(app.journal()).containsExactly("first", "between", "last");
        }
    }

    @ApplicationScoped
    static class Watcher {
        final TreeSet<String> qualifiers = new TreeSet<>();

        void handle(@Observes @Destination("/app/{name}") String body) {}

        void any(@Observes @Any String body, EventMetadata metadata) {
            metadata.getQualifiers().forEach(qualifier -> qualifiers.add(qualifier.toString()));
        }

        TreeSet<String> qualifiers() {
            return qualifiers;
        }
    }

    @Test
    void noTextOfAClientBecomesAQualifier() throws Exception {
        try (var app = TestApplication.of(Watcher.class)) {
            var client = app.connect();
            client.send("/app/evil1", "").send("/app/evil2", "").send("/app/{name}", "");
            assertThat(client.wire).sent(RECEIPT).sent(RECEIPT).sent(RECEIPT).isExhausted();
            assertThat(app.bean(Watcher.class).qualifiers())
                    .noneMatch(qualifier -> qualifier.contains("evil"))
                    .anyMatch(qualifier -> qualifier.contains("/app/{name}"));
        }
    }

    @Test
    void aWildcardInASendIsRefusedBeforeAnyHandler() throws Exception {
        try (var app = TestApplication.of(Places.class)) {
            var client = app.connect();
            client.send("/app/**", "");
            assertThat(client.wire).sent(ERROR, "receipt-id:1").isExhausted();
            assertThat(app.journal()).isEmpty();
        }
    }
}
