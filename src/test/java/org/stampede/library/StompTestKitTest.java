package org.stampede.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stampede.messaging.Destination;
import org.stampede.messaging.Disconnected;
import org.stampede.messaging.Messenger;
import org.stampede.messaging.SessionEvent;
import org.stampede.security.AccessRules;
import org.stampede.testing.OpenAccess;
import org.stampede.testkit.StompTestKit;

class StompTestKitTest {

    /** Knows what it was told, to show which tests share it. */
    @ApplicationScoped
    static class Desk {

        private final List<String> left = new ArrayList<>();
        private int calls;

        @Inject
        Messenger messenger;

        void count(@Observes @Destination("/app/count") String text) {
            messenger.send("/topic/count", Map.of("calls", ++calls));
        }

        CompletionStage<String> never(@Observes @Destination("/app/never") String text) {
            return new CompletableFuture<>();
        }

        void fail(@Observes @Destination("/app/fail") String text) {
            throw new IllegalStateException("as asked for");
        }

        void left(@Observes @Disconnected SessionEvent session) {
            left.add(session.sessionId());
        }

        List<String> left() {
            return left;
        }
    }

    @RegisterExtension
    final StompTestKit kit = StompTestKit.of(Desk.class, OpenAccess.class);

    @RegisterExtension
    static final StompTestKit SHARED = StompTestKit.of(Desk.class);

    @Nested
    class WithRules {

        @RegisterExtension
        final StompTestKit guarded = StompTestKit.of(Desk.class, Rules.class);

        @Test
        void theRulesOfTheApplicationHold() {
            var ann = guarded.connect("ann", "clerk").send("/app/count", "", "receipt", "r");
            ann.expectReceipt("r");
            var bob = guarded.connect("bob").send("/app/count", "");
            assertThat(bob.expectError().header("message")).contains("Access denied");
        }
    }

    @ApplicationScoped
    static class Rules {

        @Produces
        @Singleton
        AccessRules rules() {
            return AccessRules.builder()
                    .send("/app/**")
                    .roles("clerk")
                    .subscribe("/user/**")
                    .permitAll()
                    .build();
        }
    }

    @Test
    void withoutRulesClientsMayDoWhatTheServerWouldLetThem() {
        var client = SHARED.connect().send("/app/count", "", "receipt", "r");
        client.expectReceipt("r");
        client.send("/topic/count", "forged");
        assertThat(client.expectError().header("message")).contains("Access denied");
    }

    @Test
    void anInstanceFieldDeploysForEachTest() {
        assertThat(firstCount(kit)).isEqualTo("{\"calls\":1}");
    }

    @Test
    void anInstanceFieldDeploysForEachTestAgain() {
        assertThat(firstCount(kit)).isEqualTo("{\"calls\":1}");
    }

    @Test
    void aStaticFieldDeploysForTheClass() {
        var desk = SHARED.bean(Desk.class);
        String before = firstCount(SHARED);
        assertThat(firstCount(SHARED)).isNotEqualTo(before);
        assertThat(SHARED.bean(Desk.class)).isSameAs(desk);
    }

    @Test
    void handlersThatDoNotEndAreGivenUpWhenTimePasses() {
        var client = kit.connect().send("/app/never", "", "receipt", "1");
        kit.advance(Duration.ofSeconds(30));
        client.expectNothing();
        kit.advance(Duration.ofSeconds(1));
        assertThat(client.expectProblem().status()).isEqualTo(504);
    }

    private static String firstCount(StompTestKit kit) {
        return kit.connect()
                .subscribe("/topic/count")
                .send("/app/count", "")
                .expectMessage("/topic/count")
                .text();
    }

    @Test
    void timePassesWhenTheTestSaysSo() {
        var sender = kit.connect();
        String expires = Long.toString(kit.clock().instant().plusSeconds(60).toEpochMilli());
        sender.send("/queue/jobs", "soon stale", "expires", expires).send("/queue/jobs", "kept");
        kit.advance(Duration.ofSeconds(61));
        var worker = kit.connect().subscribe("/queue/jobs");
        assertThat(worker.expectMessage("/queue/jobs").text()).isEqualTo("kept");
        worker.expectNothing();
    }

    @Test
    void receiptsAndHeadersAreAsTheClientWroteThem() {
        var client = kit.connect().subscribe("/topic/a", "receipt", "s");
        client.expectReceipt("s");
        client.send("/topic/a", Map.of("b", 1), "receipt", "r", "x:y", "1\n2");
        var message = client.expectMessage("/topic/a");
        assertThat(message.header("x:y")).contains("1\n2");
        assertThat(message.text()).isEqualTo("{\"b\":1}");
        client.expectReceipt("r");
        client.unsubscribe("/topic/a").send("/topic/a", "unheard").expectNothing();
    }

    @Test
    void aHandlersFailureIsAProblemAndTheSessionGoesOn() {
        var client = kit.connect().send("/app/fail", "");
        assertThat(client.expectProblem().status()).isEqualTo(500);
        assertThat(client.closeCode()).isEmpty();
    }

    @Test
    void aWrongFrameIsAnErrorAndTheEnd() {
        var client = kit.connect().say("UNSUBSCRIBE\nid:unknown\n\n^@");
        assertThat(client.expectError().header("message")).isPresent();
        assertThat(client.closeCode()).isPresent();
    }

    @Test
    void whoeverLeavesIsSignedOff() {
        var polite = kit.connect();
        var rude = kit.connect();
        polite.disconnect();
        rude.lose();
        assertThat(kit.bean(Desk.class).left()).containsExactly(polite.sessionId(), rude.sessionId());
    }

    @Test
    void anUnmetExpectationSaysWhatCameInstead() {
        var client = kit.connect().subscribe("/topic/a").send("/topic/a", "news");
        assertThatThrownBy(() -> client.expectMessage("/topic/b"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("/topic/b", "/topic/a", "news");
        assertThatThrownBy(() -> client.expectMessage("/topic/a"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("Expected MESSAGE but nothing was sent.");
        client.send("/topic/a", "more");
        assertThatThrownBy(client::expectNothing)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("more");
    }
}
