package org.stampede.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.ERROR;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.stomp.Command.RECEIPT;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.security.AccessRules;
import org.stampede.security.AccessRules.Action;
import org.stampede.transport.CloseReason;

/** What the access rules deny has no effect, and ends the session with an ERROR that tells nothing. */
class AccessTest {

    private static final AccessRules RULES = AccessRules.builder()
            .connect()
            .check(attempt -> attempt.peer()
                    .user()
                    .filter(user -> user.getName().equals("eve"))
                    .isEmpty())
            .subscribe("/topic/open.**")
            .permitAll()
            .subscribe("/topic/of.{user}")
            .permitAll()
            .subscribe("/user/queue/*")
            .permitAll()
            .send("/app/**")
            .authenticated()
            .send("/topic/open.**")
            .permitAll()
            .send("/user/bob/queue/*")
            .permitAll()
            .build();

    /** Set when the rules have changed. */
    private final AtomicBoolean closed = new AtomicBoolean();

    @RegisterExtension
    final TestServer server = TestServer.guardedBy((action, destination, peer) ->
            !(closed.get() && action == Action.SEND) && RULES.allows(action, destination, peer));

    private static void isDenied(TestClient client) {
        client.received()
                .sent(ERROR, "message:Access denied")
                .withBody("The access rules do not allow this.\n")
                .isExhausted()
                .closed(CloseReason.POLICY);
    }

    @Test
    void whoMayNotConnectIsToldSoAndNobodyElseHearsOfIt() {
        isDenied(server.open("eve").sends("CONNECT\naccept-version:1.2\n\n^@"));
        assertThat(server.registry.count()).isZero();
        assertThat(server.handlers.takeCalls()).isEmpty();
    }

    @Test
    void whatIsAllowedPasses() {
        var client = server.open("ann").connect("1.2");
        client.sends("SUBSCRIBE\nid:0\ndestination:/topic/open.*\n\n^@");
        client.sends("SUBSCRIBE\nid:1\ndestination:/topic/of.ann\n\n^@");
        client.sends("SEND\ndestination:/topic/open.a\n\nhello^@");
        client.sends("SEND\ndestination:/app/order\nreceipt:1\n\n^@");
        client.received()
                .sent(MESSAGE)
                .withBody("hello")
                .sent(RECEIPT, "receipt-id:1")
                .isOpen();
    }

    @Test
    void whoIsAskedMayReplyWhateverTheRulesSayOfOtherPlaces() {
        var bob = server.open("bob").connect("1.2").sends("SUBSCRIBE\nid:0\ndestination:/user/queue/work\n\n^@");
        var ann = server.open("ann").connect("1.2");
        ann.sends("SEND\ndestination:/user/bob/queue/work\nreply-to:/temp-queue/r\n\nask^@");
        String address = bob.next().header("reply-to").orElseThrow();
        bob.sends("SEND\ndestination:" + address + "\nreceipt:1\n\nreply^@")
                .received()
                .sent(RECEIPT)
                .isOpen();

        ann.received().sent(MESSAGE, "subscription:/temp-queue/r").withBody("reply");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/topic/secret",
                "/topic/**",
                "/topic/*",
                "/**",
                "**",
                "#",
                ">",
                "*",
                "/*/open.a",
                "/topic/of.bob",
                "/topic/of.*",
                "/topic/of.{user}",
                "/queue/jobs",
                "/user/secret/x",
                "/user/**",
                "topic/open.a",
                "/topic.open.a",
                "/app/order"
            })
    void aSubscriptionToMoreThanIsAllowedIsDenied(String destination) {
        var client = server.open("ann").connect("1.2");
        client.sends("SUBSCRIBE\nid:0\nreceipt:1\ndestination:" + destination + "\n\n^@");
        isDenied(client);
        assertThat(server.handlers.takeCalls()).noneMatch(call -> call.startsWith("subscribed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/topic/secret", "/queue/jobs", "/app/order", "/user/ann/queue/x", "/user/bob/secret"})
    void aMessageToWhereItMayNotGoIsDeniedAndGoesNowhere(String destination) {
        var client = server.connect("1.2");
        client.sends("SEND\nreceipt:1\ndestination:" + destination + "\n\n^@");
        isDenied(client);
        assertThat(server.handlers.takeCalls()).noneMatch(call -> call.startsWith("handle"));
    }

    @Test
    void theErrorNamesOnlyWhatTheClientSaidItself() {
        var client = server.connect("1.2");
        client.sends("SEND\nreceipt:1\ndestination:/topic/secret\n\n^@");
        client.received().sent(ERROR, "receipt-id:1", "destination:/topic/secret");
    }

    @Test
    void aMessageOfATransactionIsJudgedWhenItIsReceived() {
        var client = server.connect("1.2");
        client.sends("BEGIN\ntransaction:t\n\n^@");
        client.sends("SEND\ndestination:/topic/secret\ntransaction:t\n\n^@");
        isDenied(client);
    }

    @Test
    void whatWasAllowedWhenItWasReceivedIsCommitted() {
        var client = server.connect("1.2").sends("SUBSCRIBE\nid:0\ndestination:/topic/open.a\n\n^@");
        client.sends("BEGIN\ntransaction:t\n\n^@");
        client.sends("SEND\ndestination:/topic/open.a\ntransaction:t\n\nhello^@");
        closed.set(true);
        client.sends("COMMIT\ntransaction:t\n\n^@");
        client.received().sent(MESSAGE).withBody("hello").isOpen();
    }

    @Test
    void theApplicationMaySendWhereClientsMayNot() {
        var client = server.open("ann").connect("1.2").sends("SUBSCRIBE\nid:0\ndestination:/topic/of.ann\n\n^@");
        server.publish("/topic/of.ann", "order");
        client.received().sent(MESSAGE).withBody("order");
    }

    @Test
    void whatComesAfterADeniedFrameHasNoEffect() {
        var witness = server.connect("1.2").sends("SUBSCRIBE\nid:0\ndestination:/topic/open.a\n\n^@");
        isDenied(server.connect("1.2")
                .sends("SEND\ndestination:/topic/secret\n\n^@SEND\ndestination:/topic/open.a\n\nlate^@"));
        witness.received().isExhausted().isOpen();
    }
}
