package org.stampede.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.stomp.Command.RECEIPT;
import static org.stampede.testing.WireAssert.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.bind.JsonbException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.dispatch.Payloads.Basket;
import org.stampede.dispatch.Payloads.Customer;
import org.stampede.dispatch.Payloads.Everything;
import org.stampede.dispatch.Payloads.Order;
import org.stampede.dispatch.Payloads.Strict;
import org.stampede.dispatch.Payloads.Tree;
import org.stampede.dispatch.TestApplication.Client;
import org.stampede.dispatch.TestApplication.Journal;
import org.stampede.messaging.Destination;
import org.stampede.messaging.HandlerFailure;
import org.stampede.messaging.Problem.Violation;
import org.stampede.messaging.UnreadablePayloadException;

/** What the sender of a bad payload is told, and that no handler sees it. */
class PayloadFaultTest {

    @ApplicationScoped
    static class Desk {
        @Inject
        Journal journal;

        void order(@Observes @Destination("/app/order") Order order) {
            journal.note("called");
        }

        void orders(@Observes @Destination("/app/orders") Order[] orders) {
            journal.note("called");
        }

        void basket(@Observes @Destination("/app/basket") Basket basket) {
            journal.note("called");
        }

        void customer(@Observes @Destination("/app/customer") Customer customer) {
            journal.note("called");
        }

        void everything(@Observes @Destination("/app/everything") Everything everything) {
            journal.note("called");
        }

        void tree(@Observes @Destination("/app/tree") Tree tree) {
            journal.note("called");
        }

        void strict(@Observes @Destination("/app/strict") Strict strict) {
            journal.note("called");
        }

        void object(@Observes @Destination("/app/object") JsonObject object) {
            journal.note("called");
        }

        void text(@Observes @Destination("/app/text") String text) {
            journal.note("called");
        }
    }

    private static TestApplication app;
    private final Client client = app.connect();

    @BeforeAll
    static void deploy() {
        app = TestApplication.of(Desk.class);
    }

    @AfterAll
    static void close() throws Exception {
        app.close();
    }

    private static HandlerFailure lastFailure() {
        return app.failures().get(app.failures().size() - 1);
    }

    /** Sends what no handler may see, and returns the problem that comes back instead of the RECEIPT. */
    private JsonObject problem(String destination, String body) {
        client.send(destination, body);
        return problem();
    }

    private JsonObject problem() {
        assertThat(app.journal()).isEmpty();
        var frame = client.wire.next();
        assertThat(frame.command()).isEqualTo(MESSAGE);
        assertThat(frame.header("destination")).hasValue("/user/queue/errors");
        assertThat(frame.header("content-type")).hasValue("application/problem+json");
        assertThat(client.wire).isExhausted().isOpen();
        assertThat(frame.bodyText()).doesNotContain("java.", "stampede.dispatch", "yasson", "Exception");
        try (var reader = Json.createReader(new StringReader(frame.bodyText()))) {
            return reader.readObject();
        }
    }

    private List<String> violations(String destination, String body) {
        var problem = problem(destination, body);
        assertThat(problem.getInt("status")).isEqualTo(422);
        return problem.getJsonArray("violations").getValuesAs(JsonObject.class).stream()
                .map(violation -> violation.getString("path") + ": " + violation.getString("message"))
                .toList();
    }

    @Test
    void theMalformedTradeOfTheWellKnownDocument() {
        var problem = problem("/app/order", "{\"action\":\"BUY\",\"ticker\":\"MMM\",\"shares\",44}");
        assertThat(problem)
                .isEqualTo(Json.createObjectBuilder()
                        .add("type", "urn:stampede:problem:unreadable-payload")
                        .add("title", "The body cannot be read.")
                        .add("status", 400)
                        .add(
                                "detail",
                                "The body is not JSON: at line 1, column 40 there is ',', where ':' is expected.")
                        .add("destination", "/app/order")
                        .add("receipt-id", "1")
                        .add("violations", Json.createArrayBuilder())
                        .build());
        assertThat(problem.keySet())
                .containsExactly("type", "title", "status", "detail", "destination", "receipt-id", "violations");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            {"a":1            | it ends too early, at line 1, column 7, where ',' or '}' is expected.
            {"a":"x           | it ends too early, at line 1, column 8.
            {"a":tru}         | at line 1, column 9 there is '}'.
            {a:1}             | at line 1, column 2 there is 'a'.
            {"a":1,}          | at line 1, column 8 there is '}', where a name in quotes is expected.
            [1,]              | at line 1, column 4 there is ']', where a value is expected.
            {"a":01}          | at line 1, column 7 there is '1', where ',' is expected.
            {"a":"\\x"}       | at line 1, column 8 there is 'x'.
            {'a':1}           | at line 1, column 2 there is '''.
            {"a" "bc"}        | at line 1, column 9 there is '"', where ':' is expected.
            {"a":1}}          | at line 1, column 8 there is '}'.
            {"a":1} true      | at line 1, column 12 there is 'e'.
            nul               | it ends too early, at line 1, column 4.
            """)
    void malformedJsonIsToldByItsPlace(String body, String where) {
        for (String destination : new String[] {"/app/order", "/app/object"}) {
            assertThat(problem(destination, body).getString("detail"))
                    .startsWith("The body is not JSON: ")
                    .endsWith(where);
        }
    }

    @Test
    void placesAreCountedInLinesAndColumnsHoweverLongTheBodyIs() {
        assertThat(problem("/app/order", "{\n\"a\":1,\n  \"b\" 2}").getString("detail"))
                .contains("at line 3, column 7 there is '2', where ':' is expected");
        String many = "[\n" + "\"0123456789\",\n".repeat(20_000) + "x]";
        assertThat(problem("/app/object", many).getString("detail")).contains("at line 20002, column 1 there is 'x'");
        assertThat(problem("/app/object", "[\"\t\"]").getString("detail"))
                .contains("at line 1, column 3 there is the character U+0009");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/app/order", "/app/orders", "/app/object", "/app/customer"})
    void anEmptyBodyIsNoJson(String destination) {
        for (String body : new String[] {"", " \n "}) {
            assertThat(problem(destination, body).getString("detail"))
                    .isEqualTo("The body is empty; JSON is expected.");
        }
        assertThat(problem(destination, "null").getString("detail"))
                .isEqualTo("The body is null; a value is expected.");
    }

    @Test
    void aBodyThatIsNotUtf8IsUnreadableAsText() {
        for (String destination : new String[] {"/app/text", "/app/order"}) {
            byte[] frame = ("SEND\ndestination:" + destination + "\n\n?\0").getBytes();
            frame[frame.length - 2] = (byte) 0xff;
            client.say(frame);
            assertThat(problem().getString("detail")).isEqualTo("The body is not text in UTF-8.");
        }
    }

    @Test
    void constraintsAreCheckedBeforeTheHandlerIsCalled() {
        assertThat(problem("/app/order", "{\"action\":\"BUY\",\"ticker\":\"\",\"shares\":-3}"))
                .isEqualTo(Json.createObjectBuilder()
                        .add("type", "urn:stampede:problem:invalid-payload")
                        .add("title", "The payload is not valid.")
                        .add("status", 422)
                        .add("detail", "The payload has 2 faults.")
                        .add("destination", "/app/order")
                        .add("receipt-id", "1")
                        .add(
                                "violations",
                                Json.createArrayBuilder()
                                        .add(Json.createObjectBuilder(
                                                Map.of("path", "shares", "message", "must be greater than 0")))
                                        .add(Json.createObjectBuilder(
                                                Map.of("path", "ticker", "message", "must not be blank"))))
                        .build());
        var failure = lastFailure();
        assertThat(failure.destination()).isEqualTo("/app/order");
        assertThat(failure.sessionId()).isEqualTo(client.sessionId);
        assertThat(failure.cause()).isEmpty();
        assertThat(failure.problem().violations())
                .containsExactly(
                        new Violation("shares", "must be greater than 0"),
                        new Violation("ticker", "must not be blank"));
    }

    @Test
    void constraintsHoldInsideOfArraysListsAndMapsToo() {
        assertThat(violations(
                        "/app/orders", "[{\"action\":\"BUY\",\"ticker\":\"A\",\"shares\":1},null,{\"shares\":1}]"))
                .containsExactly("[2].action: must not be null", "[2].ticker: must not be blank");
        assertThat(violations(
                        "/app/basket", "{\"orders\":[{\"action\":\"BUY\",\"ticker\":\"A\"}],\"weights\":{\"a\":0}}"))
                .containsExactly("orders[0].shares: must be greater than 0", "weights[a]: must be greater than 0");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            {"shares":"x"}           | shares: must be a whole number from -2147483648 to 2147483647
            {"shares":44.5}          | shares: must be a whole number from -2147483648 to 2147483647
            {"shares":99999999999}   | shares: must be a whole number from -2147483648 to 2147483647
            {"shares":1e999999999}   | shares: must be a whole number from -2147483648 to 2147483647
            {"shares":true}          | shares: must be a whole number from -2147483648 to 2147483647
            {"shares":[1]}           | shares: must be a whole number from -2147483648 to 2147483647
            {"shares":null}          | shares: must not be null
            {"action":"HOLD"}        | action: must be one of BUY, SELL
            {"action":3}             | action: must be one of BUY, SELL
            {"ticker":{}}            | ticker: must be a string
            []                       | : must be an object
            5                        | : must be an object
            "x"                      | : must be an object
            """)
    void wellFormedJsonOfTheWrongKindIsToldByProperty(String body, String violation) {
        assertThat(violations("/app/order", body)).containsExactly(violation);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            {"octet":128}                    | octet: must be a whole number from -128 to 127
            {"small":"-32769"}               | small: must be a whole number from -32768 to 32767
            {"large":9223372036854775808}    | large: must be a whole number from -9223372036854775808 to 9223372036854775807
            {"huge":1.5}                     | huge: must be a whole number
            {"ratio":"x"}                    | ratio: must be a number
            {"price":"abc"}                  | price: must be a number
            {"price":1e1001}                 | price: must be a number
            {"on":"maybe"}                   | on: must be true or false
            {"letter":"ab"}                  | letter: must be one character
            {"id":"1-2"}                     | id: must be a UUID
            {"maybe":"x"}                    | maybe: must be a whole number from -2147483648 to 2147483647
            {"orders":{}}                    | orders: must be an array
            {"orders":[{"shares":{}}]}       | orders[0].shares: must be a whole number from -2147483648 to 2147483647
            {"orders":[7]}                   | orders[0]: must be an object
            {"numbers":{"a":[1,"x"]}}        | numbers[a][1]: must be a whole number from -2147483648 to 2147483647
            """)
    void everyTypeHasItsWords(String body, String violation) {
        assertThat(violations("/app/everything", body)).containsExactly(violation);
    }

    @Test
    void allFaultsAreToldAtOnce() {
        assertThat(violations("/app/order", "{\"shares\":\"x\",\"action\":\"HOLD\",\"ticker\":[]}"))
                .containsExactly(
                        "action: must be one of BUY, SELL",
                        "shares: must be a whole number from -2147483648 to 2147483647",
                        "ticker: must be a string");
        assertThat(violations("/app/customer", "{\"age\":{},\"name\":[]}"))
                .containsExactly(
                        "age: must be a whole number from -2147483648 to 2147483647", "name: must be a string");
        assertThat(violations("/app/object", "[1]")).containsExactly(": must be an object");
    }

    @Test
    void theListOfFaultsIsBounded() {
        String wrong = "[" + "{\"shares\":\"x\"},".repeat(5_000) + "0]";
        assertThat(violations("/app/orders", wrong)).hasSize(50);
        String invalid = "[" + "{},".repeat(5_000) + "{}]";
        assertThat(violations("/app/orders", invalid)).hasSize(50);
    }

    @Test
    void whatJsonBindingRefusesByItselfIsToldByPropertyOnly() {
        var problem = problem("/app/everything", "{\"day\":\"yesterday\"}");
        assertThat(problem.getInt("status")).isEqualTo(400);
        assertThat(problem.getString("detail"))
                .isEqualTo("The JSON is well formed, but not what is needed here, in day.");
        assertThat(problem("/app/strict", "{\"shares\":-1}").getString("detail"))
                .isEqualTo("The JSON is well formed, but not what is needed here.");
        assertThat(lastFailure().cause().orElseThrow())
                .isInstanceOf(UnreadablePayloadException.class)
                .hasCauseInstanceOf(JsonbException.class);
    }

    @Test
    void jsonThatIsMadeToHurtIsUnreadable() {
        String deep = "{\"children\":[".repeat(20_000);
        assertThat(problem("/app/tree", deep).getInt("status")).isEqualTo(400);
        assertThat(problem("/app/object", "[".repeat(200_000)).getInt("status")).isEqualTo(400);
        String closed = "{\"children\":[".repeat(5_000) + "]}".repeat(5_000);
        assertThat(problem("/app/tree", closed).getString("detail"))
                .isEqualTo("The JSON is nested too deeply, or has too long a number.");
        assertThat(problem("/app/order", "{\"shares\":" + "1".repeat(200_000) + "}")
                        .getInt("status"))
                .isEqualTo(400);
    }

    @Test
    void whatIsNotBoundIsNotLookedAt() {
        client.send("/app/order", "{\"action\":\"BUY\",\"ticker\":\"MMM\",\"shares\":\"44\",\"more\":{\"shares\":[]}}");
        client.send("/app/everything", "{\"written\":\"24.12.2025\",\"any\":[1],\"large\":1e3,\"on\":\"true\"}");
        client.send("/app/tree", "{\"children\":[".repeat(50) + "]}".repeat(50));
        assertThat(client.wire).sent(RECEIPT).sent(RECEIPT).sent(RECEIPT).isExhausted();
        assertThat(app.journal()).containsExactly("called", "called", "called");
    }

    @Test
    void theNextMessageIsHandled() {
        problem("/app/order", "oops");
        client.send("/app/order", "{\"action\":\"BUY\",\"ticker\":\"MMM\",\"shares\":44}");
        assertThat(app.journal()).containsExactly("called");
        assertThat(client.wire).sent(RECEIPT, "receipt-id:1").isExhausted();
    }
}
