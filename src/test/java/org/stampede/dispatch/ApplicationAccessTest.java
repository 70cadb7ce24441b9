package org.stampede.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stampede.security.AccessRules.Action.CONNECT;
import static org.stampede.security.AccessRules.Action.SEND;
import static org.stampede.security.AccessRules.Action.SUBSCRIBE;
import static org.stampede.stomp.Command.ERROR;
import static org.stampede.stomp.Command.RECEIPT;
import static org.stampede.testing.WireAssert.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stampede.messaging.Destination;
import org.stampede.security.AccessAttempt;
import org.stampede.security.AccessRules;
import org.stampede.security.Peer;
import org.stampede.transport.CloseReason;

/** The rules of an application, those it has without saying, and what is told of both at the start. */
class ApplicationAccessTest {

    private static final Peer STRANGER = new Peer("s", Optional.empty());
    private static final Peer ANN = new Peer("s", Optional.of(() -> "ann"), Set.of("member"));

    @ApplicationScoped
    static class Desk {
        void order(@Observes @Destination("/app/order.{user}") String text) {}

        void job(@Observes @Destination("/queue/job") String text) {}

        void any(@Observes @Destination("/app/**") String text) {}
    }

    /** Knows who is a member; lives as long as a question. */
    @RequestScoped
    static class Members {
        boolean has(AccessAttempt attempt) {
            return attempt.peer().hasRole("member") && attempt.variable("room").equals("blue");
        }
    }

    @ApplicationScoped
    static class Rules {
        @Produces
        @Singleton
        AccessRules rules(Members members) {
            return AccessRules.builder()
                    .subscribe("/topic/room.{room}")
                    .check(members::has)
                    .subscribe("/user/**")
                    .permitAll()
                    .send("/app/order.*")
                    .roles("member")
                    .build();
        }
    }

    @ApplicationScoped
    static class OtherRules {
        @Produces
        AccessRules rules() {
            return AccessRules.builder().build();
        }
    }

    @ApplicationScoped
    static class WrongRules {
        @Produces
        AccessRules rules() {
            return AccessRules.builder().send("/app/{x").permitAll().build();
        }
    }

    private Optional<TestApplication> application = Optional.empty();

    private TestApplication deploy(Class<?>... beans) {
        application = Optional.of(TestApplication.guarded(beans));
        return application.get();
    }

    @AfterEach
    void close() throws Exception {
        if (application.isPresent()) {
            application.get().close();
        }
    }

    @Test
    void withoutRulesClientsHaveTopicsTheirOwnAndHandlers() {
        var access = deploy(Desk.class).access();
        assertThat(access.allows(CONNECT, "", STRANGER)).isTrue();
        assertThat(access.allows(SUBSCRIBE, "/topic/**", STRANGER)).isTrue();
        assertThat(access.allows(SUBSCRIBE, "news", STRANGER)).isTrue();
        assertThat(access.allows(SUBSCRIBE, "/user/queue/errors", STRANGER)).isTrue();
        assertThat(access.allows(SEND, "/app/order.ann", STRANGER)).isTrue();
        assertThat(access.allows(SEND, "/app/x", STRANGER)).isTrue();
        assertThat(access.allows(SEND, "/queue/job", STRANGER)).isTrue();
    }

    @Test
    void withoutRulesNothingElseIsAllowed() {
        var access = deploy(Desk.class).access();
        assertThat(access.allows(SEND, "/topic/news", ANN)).isFalse();
        assertThat(access.allows(SEND, "/queue/jobs", ANN)).isFalse();
        assertThat(access.allows(SEND, "/user/ann/queue/news", ANN)).isFalse();
        assertThat(access.allows(SUBSCRIBE, "/queue/jobs", ANN)).isFalse();
        assertThat(access.allows(SUBSCRIBE, "/queue/job", ANN)).isFalse();
        assertThat(access.allows(SUBSCRIBE, "/queue/DLQ", ANN)).isFalse();
        assertThat(access.allows(SUBSCRIBE, "/**", ANN)).isFalse();
        assertThat(access.allows(SUBSCRIBE, "/*/DLQ", ANN)).isFalse();
    }

    @Test
    void theSafeDefaultEndsTheSessionOfWhoTriesMore() {
        var client = deploy(Desk.class).connect();
        client.send("/app/x", "fine");
        client.send("/topic/news", "forged");
        assertThat(client.wire)
                .sent(RECEIPT)
                .sent(ERROR, "message:Access denied")
                .isExhausted()
                .closed(CloseReason.POLICY);
    }

    @Test
    void aCheckIsAskedInARequest() {
        var access = deploy(Desk.class, Members.class, Rules.class).access();
        assertThat(access.allows(SUBSCRIBE, "/topic/room.blue", ANN)).isTrue();
        assertThat(access.allows(SUBSCRIBE, "/topic/room.red", ANN)).isFalse();
        assertThat(access.allows(SUBSCRIBE, "/topic/room.blue", STRANGER)).isFalse();
        assertThat(access.allows(SUBSCRIBE, "/topic/other", ANN)).isFalse();
        assertThat(access.allows(SEND, "/app/x", ANN)).isFalse();
    }

    @Test
    void thereIsOneBeanOfRules() {
        assertThatThrownBy(() -> deploy(Rules.class, Members.class, OtherRules.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("An application has one bean of AccessRules, but here are several, by "
                        + OtherRules.class.getName() + ", " + Rules.class.getName() + ".");
    }

    @Test
    void wrongRulesEndTheDeployment() {
        assertThatThrownBy(() -> deploy(WrongRules.class)).hasStackTraceContaining("send /app/{x: In /app/{x");
    }

    @Test
    void theReportNamesRulesAndHandlersAndMarksWhatIsOpenToAll() {
        assertThat(deploy(Desk.class, Members.class, Rules.class).access().report())
                .isEqualTo("""
                Access is ruled by the application; the first rule that matches decides, and what none names is denied:
                 - connect: everybody (OPEN TO ALL)
                 - send /app/order.*: roles member
                 - subscribe /topic/room.{room}: whom a check lets
                 - subscribe /user/**: everybody (OPEN TO ALL)
                Who may send to handlers:
                 - /queue/job: nobody
                 - /app/order.{user}: roles member
                 - /app/**: roles member at /app/order.*; else nobody""");
    }

    @Test
    void theReportTellsWhatIsAllowedWithoutRules() {
        assertThat(deploy(Desk.class).access().report())
                .startsWith("The application has no bean of AccessRules, ")
                .contains(
                        "\n - send /app/order.*: everybody (OPEN TO ALL)\n",
                        "\n - subscribe /queue/**: nobody\n",
                        "\n - /app/order.{user}: everybody (OPEN TO ALL)\n")
                .endsWith("\n - /app/**: everybody at /app/order.*; else everybody (OPEN TO ALL)");
    }
}
