package org.stampede.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.testing.WireAssert.assertThat;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.dispatch.Payloads.Order;
import org.stampede.dispatch.TestApplication.Client;
import org.stampede.dispatch.TestApplication.Journal;
import org.stampede.messaging.Destination;
import org.stampede.messaging.HandlerFailure;

/** What the application makes of failures, and the language in which the sender is told of them. */
class FailureTest {

    static final class SoldOutException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SoldOutException(String message) {
            super(message);
        }
    }

    @ApplicationScoped
    static class Shop {
        void order(@Observes @Destination("/app/order") Order order) {
            throw order.shares() == 13 ? new IllegalStateException("secret") : new SoldOutException("No MMM is left.");
        }
    }

    @ApplicationScoped
    static class ErrorDesk {
        @Inject
        Journal journal;

        void soldOut(@Observes @Priority(1) HandlerFailure failure) {
            if (failure.cause().orElse(null) instanceof SoldOutException e) {
                failure.replaceWith(failure.problem().as("urn:shop:sold-out", "Sold out.", 409, e.getMessage()));
            }
        }

        void count(@Observes @Priority(2) HandlerFailure failure) {
            journal.note(failure.destination() + " " + failure.problem().status());
            if (failure.problem().detail().contains("faults")) {
                throw new IllegalStateException("an observer may fail");
            }
        }
    }

    private TestApplication app;
    private Client client;

    @BeforeEach
    void deploy() {
        app = TestApplication.of(Shop.class, ErrorDesk.class);
        client = app.connect();
    }

    @AfterEach
    void close() throws Exception {
        app.close();
    }

    private static String order(int shares) {
        return "{\"action\":\"BUY\",\"ticker\":\"MMM\",\"shares\":" + shares + "}";
    }

    @Test
    void anObserverReplacesTheProblemAndTheLogIsSpared() {
        try (var log = new RecordedLog(ProblemReports.class)) {
            client.send("/app/order", order(1));
            assertThat(client.wire.next().bodyText())
                    .isEqualTo("{\"type\":\"urn:shop:sold-out\",\"title\":\"Sold out.\",\"status\":409,"
                            + "\"detail\":\"No MMM is left.\",\"destination\":\"/app/order\","
                            + "\"receipt-id\":\"1\",\"violations\":[]}");
            assertThat(client.wire).isExhausted();
            assertThat(log.records()).isEmpty();
        }
        assertThat(app.journal()).containsExactly("/app/order 409");
    }

    @Test
    void aFailureThatNobodyReplacesStaysSecretAndIsLogged() {
        try (var log = new RecordedLog(ProblemReports.class)) {
            client.send("/app/order", order(13));
            assertThat(client.wire.next().bodyText())
                    .contains("\"status\":500", "urn:uuid:")
                    .doesNotContain("secret");
            assertThat(log.records())
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.getLevel()).isEqualTo(Level.SEVERE));
        }
        assertThat(app.journal()).containsExactly("/app/order 500");
    }

    @Test
    void anObserverThatFailsDoesNotKeepTheProblemFromItsSender() {
        try (var log = new RecordedLog(ProblemReports.class)) {
            client.send("/app/order", "{\"shares\":0}");
            assertThat(client.wire.next().bodyText()).contains("\"status\":422");
            assertThat(log.records()).hasSize(1);
        }
    }

    private String violations(String language) {
        client.say("SEND\ndestination:/app/order\naccept-language:" + language + "\n\n" + order(0) + "^@");
        return client.wire.next().bodyText();
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "de-CH-1996", "xx;q=0.9, de;q=0.8, en;q=0.1"})
    void violationsAreToldInTheLanguageOfTheSender(String language) {
        assertThat(violations(language))
                .contains("\"path\":\"shares\"", "\"message\":\"muss gr\u00f6\u00dfer als 0 sein\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xx", "*", "", "not a language;;q=9", "de;q=2"})
    void withoutALanguageThatIsKnownTheServersIsUsed(String language) {
        client.send("/app/order", order(0));
        String usual = client.wire.next().bodyText().replace(",\"receipt-id\":\"1\"", "");
        assertThat(violations(language)).isEqualTo(usual);
    }
}
