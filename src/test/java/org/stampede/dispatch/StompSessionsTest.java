package org.stampede.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stampede.stomp.Command.ERROR;
import static org.stampede.stomp.Command.RECEIPT;
import static org.stampede.testing.WireAssert.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stampede.dispatch.TestApplication.Journal;
import org.stampede.messaging.Destination;
import org.stampede.messaging.Disconnected;
import org.stampede.messaging.SessionEvent;
import org.stampede.messaging.SessionSnapshot;
import org.stampede.messaging.SessionSnapshot.Subscription;
import org.stampede.transport.CloseReason;

/** Who is connected, and how the application sends clients away. */
class StompSessionsTest {

    @ApplicationScoped
    static class Door {
        @Inject
        Journal journal;

        void knock(@Observes @Destination("/app/knock") String text) {
            journal.note("knock " + text);
        }

        void left(@Observes @Disconnected SessionEvent session) {
            journal.note("left " + session.sessionId());
        }
    }

    private static List<String> ids(List<SessionSnapshot> sessions) {
        return sessions.stream().map(SessionSnapshot::sessionId).toList();
    }

    @Test
    void sessionsAreFoundByIdUserAndDestination() throws Exception {
        try (var app = TestApplication.of()) {
            var before = Instant.now();
            var ann1 = app.connect("ann").say("SUBSCRIBE\nid:1\ndestination:/topic/price.*\n\n^@");
            var ann2 = app.connect("ann").say("SUBSCRIBE\nid:1\ndestination:/topic/price.MMM\n\n^@");
            var nobody = app.connect();
            var sessions = app.sessions();

            assertThat(sessions.count()).isEqualTo(3);
            assertThat(ids(sessions.all())).containsExactlyInAnyOrder(ann1.sessionId, ann2.sessionId, nobody.sessionId);
            assertThat(ids(sessions.ofUser("ann"))).containsExactly(ann1.sessionId, ann2.sessionId);
            assertThat(sessions.ofUser("bob")).isEmpty();
            assertThat(ids(sessions.subscribedTo("/topic/price.MMM")))
                    .containsExactlyInAnyOrder(ann1.sessionId, ann2.sessionId);
            assertThat(ids(sessions.subscribedTo("/topic/price.AAPL"))).containsExactly(ann1.sessionId);
            assertThat(sessions.subscribedTo("/topic/else")).isEmpty();

            var found = sessions.find(ann1.sessionId).orElseThrow();
            assertThat(found.user().orElseThrow().getName()).isEqualTo("ann");
            assertThat(found.since()).isBetween(before, Instant.now());
            assertThat(found.subscriptions())
                    .containsExactly(
                            new Subscription("errors", "/user/queue/errors"), new Subscription("1", "/topic/price.*"));
            assertThat(sessions.find("else")).isEmpty();
        }
    }

    @Test
    void snapshotsDoNotChange() throws Exception {
        try (var app = TestApplication.of()) {
            var client = app.connect("ann");
            var before = app.sessions().find(client.sessionId).orElseThrow();
            client.say("UNSUBSCRIBE\nid:errors\n\n^@");
            assertThat(before.subscriptions()).hasSize(1);
            assertThatThrownBy(() -> before.subscriptions().clear()).isInstanceOf(UnsupportedOperationException.class);
            assertThat(app.sessions().find(client.sessionId).orElseThrow().subscriptions())
                    .isEmpty();
            client.lose();
            assertThat(app.sessions().count()).isZero();
            assertThat(app.sessions().find(client.sessionId)).isEmpty();
        }
    }

    @Test
    void aClientIsToldWhyItIsSentAway() throws Exception {
        try (var app = TestApplication.of(Door.class)) {
            var client = app.connect("ann");
            assertThat(app.sessions().disconnect(client.sessionId, "You broke the house rules."))
                    .isTrue();
            client.send("/app/knock", "let me in");
            assertThat(client.wire)
                    .sent(ERROR, "message:You broke the house rules.")
                    .withBodyContaining("You broke the house rules.")
                    .isExhausted()
                    .closed(CloseReason.POLICY);
            assertThat(app.journal()).containsExactly("left " + client.sessionId);
            assertThat(app.sessions().disconnect(client.sessionId, "Again.")).isFalse();
            client.lose();
            assertThat(app.journal()).isEmpty();
        }
    }

    @Test
    void allSessionsOfAUserAreSentAwayAndNoOthers() throws Exception {
        try (var app = TestApplication.of(Door.class)) {
            var clients = List.of(app.connect("ann"), app.connect("ann"));
            var bob = app.connect("bob");
            assertThat(app.sessions().disconnectUser("ann", "Password changed."))
                    .isEqualTo(2);
            clients.forEach(client -> assertThat(client.wire)
                    .sent(ERROR, "message:Password changed.")
                    .closed(CloseReason.POLICY));
            assertThat(ids(app.sessions().all())).containsExactly(bob.sessionId);
            bob.send("/app/knock", "still here");
            assertThat(bob.wire).sent(RECEIPT).isExhausted().isOpen();
            assertThat(app.sessions().disconnectUser("ann", "Again.")).isZero();
        }
    }

    @Test
    void aReasonMustBeGiven() throws Exception {
        try (var app = TestApplication.of()) {
            assertThatThrownBy(() -> app.sessions().disconnect("1", " ")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> app.sessions().disconnectUser("ann", ""))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
