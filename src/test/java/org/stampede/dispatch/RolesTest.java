package org.stampede.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.stomp.Command.RECEIPT;
import static org.stampede.testing.WireAssert.assertThat;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stampede.dispatch.TestApplication.Client;
import org.stampede.messaging.Destination;
import org.stampede.messaging.Subscribed;
import org.stampede.messaging.SubscriptionEvent;
import org.stampede.security.AccessDeniedException;

/** {@code @RolesAllowed}, {@code @DenyAll} and {@code @PermitAll} on handlers. */
class RolesTest {

    /** Has a handler of its own, about which it says nothing. */
    abstract static class Base {
        @Inject
        TestApplication.Journal journal;

        void inherited(@Observes @Destination("/app/inherited") String text) {
            journal.note("inherited");
        }
    }

    @ApplicationScoped
    @RolesAllowed({"clerk", "chief"})
    static class Desk extends Base {

        void file(@Observes @Destination("/app/file") String text) {
            journal.note("file " + text);
        }

        @RolesAllowed("chief")
        void fire(@Observes @Destination("/app/fire") String text) {
            journal.note("fire " + text);
        }

        @RolesAllowed("**")
        void ask(@Observes @Destination("/app/ask") String text) {
            journal.note("ask " + text);
        }

        @PermitAll
        void ring(@Observes @Destination("/app/ring") String text) {
            journal.note("ring " + text);
        }

        @DenyAll
        void burn(@Observes @Destination("/app/burn") String text) {
            journal.note("burn " + text);
        }

        @PermitAll
        void check(@Observes @Destination("/app/check") String text) {
            throw new AccessDeniedException("Not by " + text);
        }

        @PermitAll
        void both(@Observes @Destination("/app/both") String text) {
            journal.note("both " + text);
        }

        /** Nobody's call. */
        void subscribed(@Observes @Subscribed("/topic/a") SubscriptionEvent event) {
            journal.note("subscribed");
        }
    }

    @ApplicationScoped
    static class OtherDesk {
        @RolesAllowed("chief")
        void both(@Observes @Destination("/app/both") String text) {}
    }

    @ApplicationScoped
    static class TornDesk {
        @RolesAllowed("chief")
        @PermitAll
        void torn(@Observes @Destination("/app/torn") String text) {}
    }

    @Stateless
    @ApplicationScoped
    @RolesAllowed("chief")
    static class EnterpriseDesk {
        void handle(@Observes @Destination("/app/enterprise") String text) {}
    }

    private TestApplication app;
    private Client clerk;
    private Client chief;
    private Client guest;
    private Client stranger;

    @BeforeEach
    void deploy() {
        app = TestApplication.of(Desk.class, OtherDesk.class);
        clerk = app.connect("ann", "clerk");
        chief = app.connect("bob", "chief");
        guest = app.connect("eve");
        stranger = app.connect();
    }

    @AfterEach
    void close() throws Exception {
        app.close();
    }

    private void isHandled(Client client, String place) {
        client.send("/app/" + place, "x");
        assertThat(client.wire).sent(RECEIPT).isExhausted().isOpen();
        assertThat(app.journal()).hasSize(1).first().asString().startsWith(place);
    }

    private void isForbidden(Client client, String place) {
        client.send("/app/" + place, "x");
        assertThat(client.wire)
                .sent(MESSAGE, "destination:/user/queue/errors")
                .withBodyContaining("\"type\":\"urn:stampede:problem:forbidden\"")
                .withBodyContaining("\"status\":403")
                .withBodyContaining("\"receipt-id\":\"1\"")
                .isExhausted()
                .isOpen();
        assertThat(app.journal()).isEmpty();
    }

    @Test
    void theRolesOfTheClassHoldForItsHandlers() {
        isHandled(clerk, "file");
        isHandled(chief, "file");
        isForbidden(guest, "file");
        isForbidden(stranger, "file");
    }

    @Test
    void theMethodOverridesTheClass() {
        isForbidden(clerk, "fire");
        isHandled(chief, "fire");
        isHandled(stranger, "ring");
        isForbidden(chief, "burn");
    }

    @Test
    void twoStarsMeanWhoeverIsLoggedIn() {
        isHandled(guest, "ask");
        isForbidden(stranger, "ask");
    }

    @Test
    void aHandlerThatIsInheritedIsGuardedByTheBeansClass() {
        isHandled(clerk, "inherited");
        isForbidden(guest, "inherited");
    }

    @Test
    void aMessageReachesAllHandlersOfItsPatternOrNone() {
        isForbidden(clerk, "both");
        isHandled(chief, "both");
    }

    @Test
    void aHandlerMayDenyByItself() {
        isForbidden(chief, "check");
        assertThat(app.failures()).hasSize(1);
        assertThat(app.failures().get(0).cause()).containsInstanceOf(AccessDeniedException.class);
    }

    @Test
    void observersOfLifeCyclesAreNobodysCall() {
        stranger.say("SUBSCRIBE\nid:0\ndestination:/topic/a\n\n^@");
        assertThat(app.journal()).containsExactly("subscribed");
    }

    @Test
    void theRolesAreThoseToBeAskedForAtTheHandshake() {
        assertThat(app.access().roles()).contains("clerk", "chief");
        assertThat(app.access().report())
                .contains(
                        "\n - /app/file: everybody; but @RolesAllowed chief, clerk\n",
                        "\n - /app/burn: everybody; but @DenyAll\n")
                .contains("\n - /app/ring: everybody (OPEN TO ALL)");
    }

    @Test
    void contradictionsEndTheDeployment() {
        assertThatThrownBy(() -> TestApplication.of(TornDesk.class))
                .hasMessageContaining(
                        "TornDesk.torn: only one of @RolesAllowed, @DenyAll and @PermitAll may stand at a method or class.");
    }

    @Test
    void rolesOfEnterpriseBeansEndTheDeployment() {
        assertThatThrownBy(() -> TestApplication.of(EnterpriseDesk.class))
                .hasMessageContaining("EnterpriseDesk.handle: of an enterprise bean the server checks roles itself");
    }
}
