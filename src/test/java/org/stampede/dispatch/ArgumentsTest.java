package org.stampede.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.stomp.Command.RECEIPT;
import static org.stampede.testing.WireAssert.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.security.Principal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.stampede.dispatch.Payloads.Action;
import org.stampede.dispatch.TestApplication.Journal;
import org.stampede.messaging.Destination;
import org.stampede.messaging.DestinationVariable;
import org.stampede.messaging.Header;
import org.stampede.messaging.Message;
import org.stampede.messaging.Sender;
import org.stampede.messaging.Subscribed;
import org.stampede.messaging.SubscriptionEvent;
import org.stampede.messaging.Unsubscribed;

/** What handlers get beside the payload. */
class ArgumentsTest {

    @ApplicationScoped
    static class Orders {
        @Inject
        Journal journal;

        void change(
                @Observes @Destination("/app/order.{id}.{action}") String body,
                @DestinationVariable("id") int id,
                @DestinationVariable("action") Action action,
                @Header("price") BigDecimal price,
                @Header(value = "currency", defaultValue = "EUR") String currency,
                @Header("day") Optional<LocalDate> day) {
            journal.note(body + " " + id + " " + action + " " + price + " " + currency + " " + day);
        }

        void again(@Observes @Destination("/app/order.{id}.{action}") String body, @DestinationVariable("id") long id) {
            journal.note("again " + id);
        }
    }

    @Test
    void variablesAndHeadersAreInjectedAsTheTypeOfTheParameter() throws Exception {
        try (var app = TestApplication.of(Orders.class)) {
            var client = app.connect();
            client.say("SEND\ndestination:/app/order.7.BUY\nprice:1.50\n\na^@");
            client.say("SEND\ndestination:/app/order.8.SELL\nprice:2\ncurrency:USD\nday:2025-11-30\n\nb^@");
            assertThat(client.wire).isExhausted();
            assertThat(app.journal())
                    .containsExactlyInAnyOrder(
                            "a 7 BUY 1.50 EUR Optional.empty",
                            "again 7",
                            "b 8 SELL 2 USD Optional[2025-11-30]",
                            "again 8");
        }
    }

    @Test
    void whatCannotBeConvertedIsAProblemAndNoHandlerIsCalled() throws Exception {
        try (var app = TestApplication.of(Orders.class)) {
            var client = app.connect();
            client.say("SEND\ndestination:/app/order.x.BUYS\nreceipt:1\nday:tomorrow\n\na^@");
            assertThat(client.wire)
                    .sent(MESSAGE, "destination:/user/queue/errors", "content-type:application/problem+json")
                    .withBodyContaining("\"type\":\"urn:stampede:problem:invalid-argument\"")
                    .withBodyContaining("\"status\":400")
                    .withBodyContaining("\"receipt-id\":\"1\"")
                    .withBodyContaining(
                            "{\"path\":\"{id}\",\"message\":\"\\\"x\\\" must be a whole number from -2147483648"
                                    + " to 2147483647\"}")
                    .withBodyContaining("{\"path\":\"{action}\",\"message\":\"\\\"BUYS\\\" must be one of BUY, SELL\"}")
                    .withBodyContaining("{\"path\":\"price\",\"message\":\"is missing\"}")
                    .withBodyContaining(
                            "{\"path\":\"day\",\"message\":\"\\\"tomorrow\\\" must be of the type LocalDate,"
                                    + " such as 2025-11-30\"}")
                    .isExhausted();
            assertThat(app.journal()).isEmpty();
            assertThat(app.failures()).hasSize(1);
        }
    }

    @Test
    void aLongValueIsToldShortenedAndEscaped() throws Exception {
        try (var app = TestApplication.of(Orders.class)) {
            var client = app.connect();
            client.say("SEND\ndestination:/app/order.1.BUY\nprice:\\n" + "9".repeat(5000) + "\n\na^@");
            var body = client.wire.next().bodyText();
            assertThat(body).contains("\\\"\\\\u000a999").hasSizeLessThan(1000);
        }
    }

    static Stream<Arguments> forms() {
        return Stream.of(
                Arguments.of(String.class, " a", " a", ""),
                Arguments.of(Byte.class, "-128", (byte) -128, "128"),
                Arguments.of(Short.class, "5", (short) 5, "40000"),
                Arguments.of(Integer.class, "5.0", 5, "5.1"),
                Arguments.of(Long.class, "9223372036854775807", Long.MAX_VALUE, "9223372036854775808"),
                Arguments.of(Float.class, "1.5", 1.5f, "1.5f"),
                Arguments.of(Double.class, "1e3", 1000d, "0x1p3"),
                Arguments.of(Boolean.class, "true", true, "yes"),
                Arguments.of(Character.class, "x", 'x', "xy"),
                Arguments.of(BigDecimal.class, "1.50", new BigDecimal("1.50"), "1e999999999"),
                Arguments.of(BigInteger.class, "12", BigInteger.valueOf(12), "1.2"),
                Arguments.of(UUID.class, new UUID(1, 2).toString(), new UUID(1, 2), "1-1-1-1-1"),
                Arguments.of(DayOfWeek.class, "MONDAY", DayOfWeek.MONDAY, "monday"),
                Arguments.of(Instant.class, "2025-11-30T16:00:00Z", Instant.parse("2025-11-30T16:00:00Z"), "now"),
                Arguments.of(LocalDate.class, "2025-11-30", LocalDate.of(2025, 11, 30), "30.11.2025"),
                Arguments.of(LocalTime.class, "16:00", LocalTime.of(16, 0), "25:00"),
                Arguments.of(LocalDateTime.class, "2025-11-30T16:00", LocalDateTime.of(2025, 11, 30, 16, 0), "x"),
                Arguments.of(OffsetTime.class, "16:00Z", OffsetTime.parse("16:00Z"), "16:00"),
                Arguments.of(OffsetDateTime.class, "2025-11-30T16:00Z", OffsetDateTime.parse("2025-11-30T16:00Z"), "x"),
                Arguments.of(ZonedDateTime.class, "2025-11-30T16:00Z", ZonedDateTime.parse("2025-11-30T16:00Z"), "x"),
                Arguments.of(Year.class, "2025", Year.of(2025), "MMXXV"),
                Arguments.of(YearMonth.class, "2025-11", YearMonth.of(2025, 11), "11/2025"),
                Arguments.of(MonthDay.class, "--11-30", MonthDay.of(11, 30), "11-30"),
                Arguments.of(Duration.class, "PT1S", Duration.ofSeconds(1), "1 s"),
                Arguments.of(Period.class, "P1M", Period.ofMonths(1), "1 month"),
                Arguments.of(ZoneId.class, "Europe/Rome", ZoneId.of("Europe/Rome"), "Middle/Earth"),
                Arguments.of(ZoneOffset.class, "+01:00", ZoneOffset.ofHours(1), "+99"));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void eachTypeHasItsForm(Class<?> type, String text, Object value, String unfit) {
        assertThat(TextForm.isOne(type)).isTrue();
        assertThat(TextForm.faultOf(text, type)).isEmpty();
        assertThat(TextForm.read(text, type)).isEqualTo(value);
        assertThat(TextForm.faultOf(unfit, type).isPresent()).isEqualTo(type != String.class);
    }

    @ApplicationScoped
    static class Traders {
        @Inject
        Journal journal;

        void trade(@Observes @Destination("/app/trade") String body, @Sender Principal trader) {
            journal.note(trader.getName() + " trades");
        }

        void ask(@Observes @Destination("/app/ask") String body, @Sender Optional<Principal> anybody) {
            journal.note(anybody.map(Principal::getName).orElse("nobody") + " asks");
        }
    }

    @Test
    void theSenderIsTheUserOfTheSession() throws Exception {
        try (var app = TestApplication.of(Traders.class)) {
            app.connect("ann").send("/app/trade", "").send("/app/ask", "");
            var nobody = app.connect().send("/app/ask", "");
            assertThat(nobody.wire).sent(RECEIPT).isExhausted();
            nobody.send("/app/trade", "");
            assertThat(nobody.wire)
                    .sent(MESSAGE)
                    .withBodyContaining("\"status\":401")
                    .isExhausted()
                    .isOpen();
            assertThat(app.journal()).containsExactly("ann trades", "ann asks", "nobody asks");
        }
    }

    @ApplicationScoped
    static class Remembering {
        @Inject
        Journal journal;

        void count(@Observes @Destination("/app/count") String body, Message message) {
            var attributes = message.attributes();
            int count = attributes.get("count", Integer.class).orElse(0) + 1;
            attributes.put("count", count);
            journal.note(body + " " + count + " " + attributes.names());
        }

        void fill(@Observes @Destination("/app/fill") String body, Message message) {
            for (int i = 0; i <= Attributes.MOST_ENTRIES; i++) {
                message.attributes().put("a" + i, i);
            }
        }

        void forget(@Observes @Destination("/app/forget") String body, Message message) {
            message.attributes().remove("count");
        }
    }

    @Test
    void aSessionHasAttributesOfItsOwn() throws Exception {
        try (var app = TestApplication.of(Remembering.class)) {
            var ann = app.connect().send("/app/count", "ann").send("/app/count", "ann");
            app.connect().send("/app/count", "bob");
            ann.send("/app/forget", "").send("/app/count", "ann");
            assertThat(app.journal())
                    .containsExactly("ann 1 [count]", "ann 2 [count]", "bob 1 [count]", "ann 1 [count]");
        }
    }

    @Test
    void theAttributesOfASessionAreBounded() throws Exception {
        try (var app = TestApplication.of(Remembering.class);
                var log = new RecordedLog(ProblemReports.class)) {
            app.connect().send("/app/fill", "");
            assertThat(app.failures().get(0).cause().orElseThrow())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("A session has at most 100 attributes.");
            assertThat(log.records()).hasSize(1);
        }
    }

    @ApplicationScoped
    static class Unnamed {
        @Inject
        Journal journal;

        void named(@Observes @Destination("/app/{ticker}") String body, @DestinationVariable String ticker) {
            journal.note(ticker);
        }
    }

    /** Tests are compiled with {@code -parameters}. */
    @Test
    void aVariableMayHaveTheNameOfItsParameter() throws Exception {
        try (var app = TestApplication.of(Unnamed.class)) {
            app.connect().send("/app/mmm", "");
            assertThat(app.journal()).containsExactly("mmm");
        }
    }

    @Dependent
    static class Faulty {
        void unknown(@Observes @Destination("/app/{a}") String body, @DestinationVariable("b") String b) {}

        void list(@Observes @Destination("/app/{a}") String body, @DestinationVariable("a") List<String> a) {}

        void optional(@Observes @Destination("/app/{a}") String body, @DestinationVariable("a") Optional<String> a) {}

        void type(@Observes @Destination("/app/{a}") String body, @Header("x") Thread thread) {}

        void defaults(
                @Observes @Destination("/app/{a}") String body, @Header(value = "x", defaultValue = "one") int x) {}

        void both(
                @Observes @Destination("/app/{a}") String body,
                @Header(value = "y", defaultValue = "1") Optional<Integer> y) {}

        void nameless(@Observes @Destination("/app/{a}") String body, @Header("") String header) {}

        void sender(@Observes @Destination("/app/{a}") String body, @Sender String sender) {}

        void headerAtTheEnd(@Observes @Unsubscribed("/app/{a}") SubscriptionEvent event, @Header("x") String x) {}

        void unknownOfSubscription(
                @Observes @Subscribed("/app/{a}") SubscriptionEvent event, @DestinationVariable("b") String b) {}

        void elsewhere(@Observes Integer event, @Header("x") String header) {}
    }

    @Test
    void allFaultsAreToldAtDeployment() {
        assertThatThrownBy(() -> TestApplication.of(Faulty.class, DeploymentTest.Patterns.class)
                        .close())
                .isInstanceOf(DeploymentException.class)
                .hasMessageStartingWith("Stampede found 22 faults:")
                .hasMessageContaining("Faulty.unknown: the pattern /app/{a} has no variable {b}.")
                .hasMessageContaining("Faulty.list: {a} is text, which cannot be made a java.util.List<")
                .hasMessageContaining("Faulty.optional: the variable {a} always has a value; it needs no Optional.")
                .hasMessageContaining("Faulty.type: x is text, which cannot be made a java.lang.Thread.")
                .hasMessageContaining("Faulty.defaults: the default value of the header x: \"one\" must be a whole")
                .hasMessageContaining("Faulty.both: the header y has a default value; it needs no Optional.")
                .hasMessageContaining("Faulty.nameless: @Header needs the name of a header.")
                .hasMessageContaining("Faulty.sender: the sender is a Principal or an Optional<Principal>, not a")
                .hasMessageContaining("Faulty.elsewhere: x is had only by a parameter of a method that @Observes")
                .hasMessageContaining("Faulty.headerAtTheEnd: the end of a subscription has no header x.")
                .hasMessageContaining("Faulty.unknownOfSubscription: the pattern /app/{a} has no variable {b}.");
    }
}
