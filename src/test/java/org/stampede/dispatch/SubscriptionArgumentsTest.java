package org.stampede.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.stomp.Command.RECEIPT;
import static org.stampede.testing.WireAssert.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.security.Principal;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stampede.dispatch.TestApplication.Client;
import org.stampede.dispatch.TestApplication.Journal;
import org.stampede.messaging.Destination;
import org.stampede.messaging.DestinationVariable;
import org.stampede.messaging.Header;
import org.stampede.messaging.Message;
import org.stampede.messaging.Sender;
import org.stampede.messaging.StompSessions;
import org.stampede.messaging.Subscribed;
import org.stampede.messaging.SubscriptionEvent;
import org.stampede.messaging.Unsubscribed;

/** What observers of subscriptions get beside the event. */
class SubscriptionArgumentsTest {

    @ApplicationScoped
    static class Prices {
        @Inject
        Journal journal;

        void begin(
                @Observes @Subscribed("/topic/price.{day}.{ticker}") SubscriptionEvent subscription,
                @DestinationVariable("day") LocalDate day,
                @DestinationVariable String ticker,
                @Header(value = "depth", defaultValue = "1") int depth,
                @Header("zone") Optional<String> zone,
                @Sender Optional<Principal> sender) {
            journal.note("begin " + day + " " + ticker + " " + depth + " " + zone.orElse("-") + " "
                    + sender.map(Principal::getName).orElse("nobody"));
            subscription.send("snapshot");
        }

        void end(
                @Observes @Unsubscribed("/topic/price.{day}.{ticker}") SubscriptionEvent subscription,
                @DestinationVariable("day") LocalDate day,
                @Sender Optional<Principal> sender) {
            journal.note("end " + day + " " + sender.map(Principal::getName).orElse("nobody"));
        }

        void room(
                @Observes @Subscribed("/topic/room.{number}") SubscriptionEvent subscription,
                @DestinationVariable("number") Optional<Integer> number) {
            journal.note("room " + number);
        }

        void secret(@Observes @Subscribed("/topic/secret") SubscriptionEvent subscription, @Sender Principal sender) {
            journal.note("secret of " + sender.getName());
        }
    }

    private static Client subscribe(Client client, String destination, String... headers) {
        return client.say("SUBSCRIBE\nid:" + destination + "\ndestination:" + destination + "\nreceipt:s\n"
                + String.join("", headers) + "\n^@");
    }

    @Test
    void variablesHeadersAndTheUserAreInjected() throws Exception {
        try (var app = TestApplication.of(Prices.class)) {
            var ann = subscribe(app.connect("ann"), "/topic/price.2025-11-30.MMM", "depth:5\n", "zone:CET\n");
            assertThat(ann.wire)
                    .sent(RECEIPT)
                    .sent(MESSAGE, "destination:/topic/price.2025-11-30.MMM")
                    .withBody("snapshot")
                    .isExhausted();
            subscribe(app.connect(), "/topic/price.2025-11-30.*").lose();
            ann.say("UNSUBSCRIBE\nid:/topic/price.2025-11-30.MMM\n\n^@");
            assertThat(app.journal())
                    .containsExactly(
                            "begin 2025-11-30 MMM 5 CET ann",
                            "begin 2025-11-30 * 1 - nobody",
                            "end 2025-11-30 nobody",
                            "end 2025-11-30 ann");
        }
    }

    @Test
    void whatIsUnfitIsToldToTheClientWhoseSubscriptionStands() throws Exception {
        try (var app = TestApplication.of(Prices.class)) {
            var client = subscribe(app.connect(), "/topic/price.today.MMM", "depth:deep\n");
            assertThat(client.wire)
                    .sent(RECEIPT)
                    .sent(MESSAGE, "destination:/user/queue/errors", "content-type:application/problem+json")
                    .withBodyContaining("\"status\":400")
                    .withBodyContaining("\"destination\":\"/topic/price.today.MMM\",\"receipt-id\":\"s\"")
                    .withBodyContaining("\"path\":\"{day}\"")
                    .withBodyContaining("\"path\":\"depth\"")
                    .isExhausted();
            app.messenger().send("/topic/price.today.MMM", "live");
            assertThat(client.wire).sent(MESSAGE).withBody("live").isExhausted();
            client.say("UNSUBSCRIBE\nid:/topic/price.today.MMM\nreceipt:u\n\n^@");
            assertThat(client.wire).sent(RECEIPT, "receipt-id:u").isExhausted();
            assertThat(app.journal()).isEmpty();
            assertThat(app.failures()).hasSize(1);
        }
    }

    @Test
    void aVariableThatTheClientLeftOpenIsEmpty() throws Exception {
        try (var app = TestApplication.of(Prices.class)) {
            var client = subscribe(app.connect(), "/topic/room.7");
            subscribe(client, "/topic/room.*");
            subscribe(client, "/topic/room.#");
            assertThat(app.journal()).containsExactly("room Optional[7]", "room Optional.empty", "room Optional.empty");
        }
    }

    @Test
    void whoMustBeLoggedInIsToldSo() throws Exception {
        try (var app = TestApplication.of(Prices.class)) {
            subscribe(app.connect("ann"), "/topic/secret");
            var nobody = subscribe(app.connect(), "/topic/secret");
            assertThat(nobody.wire)
                    .sent(RECEIPT)
                    .sent(MESSAGE)
                    .withBodyContaining("\"status\":401")
                    .isExhausted()
                    .isOpen();
            assertThat(app.journal()).containsExactly("secret of ann");
        }
    }

    /** Ends the session of another client in the middle of a message. */
    @ApplicationScoped
    static class Bouncer {
        @Inject
        Journal journal;

        private StompSessions sessions;

        void take(StompSessions all) {
            sessions = all;
        }

        void bounce(
                @Observes @Destination("/app/bounce.{who}") String reason,
                @DestinationVariable String who,
                @Header("how") String how,
                Message message) {
            sessions.disconnectUser(who, reason);
            journal.note("bounced " + who + " " + how + " because of " + message.text());
        }
    }

    @Test
    void aSubscriptionThatEndsWithinAMessageLeavesItAlone() throws Exception {
        try (var app = TestApplication.of(Prices.class, Bouncer.class)) {
            app.bean(Bouncer.class).take(app.sessions());
            subscribe(app.connect("ann"), "/topic/price.2025-11-30.MMM");
            app.journal();
            var bob = app.connect("bob").say("SEND\ndestination:/app/bounce.ann\nhow:gently\nreceipt:1\n\ntime^@");
            assertThat(bob.wire).sent(RECEIPT, "receipt-id:1").isExhausted();
            assertThat(app.journal()).containsExactly("end 2025-11-30 ann", "bounced ann gently because of time");
        }
    }
}
