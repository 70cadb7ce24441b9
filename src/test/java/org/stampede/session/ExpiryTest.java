package org.stampede.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.CONNECTED;
import static org.stampede.stomp.Command.ERROR;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.stomp.Command.RECEIPT;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stampede.security.AccessRules;
import org.stampede.security.Identity;
import org.stampede.transport.CloseReason;

/** A session never outlives its login, but may have a new one. */
class ExpiryTest {

    private static final Instant START = Instant.ofEpochSecond(1_000);
    private static final AccessRules RULES = AccessRules.builder()
            .subscribe("/topic/staff")
            .roles("clerk")
            .subscribe("/topic/open")
            .permitAll()
            .send("/app/**")
            .roles("clerk")
            .build();

    /** What logins are answered by; changes from one to the next. */
    private CompletableFuture<Optional<Identity>> answer =
            answered(Identity.of("ann", "clerk").until(START.plusSeconds(60)));

    @RegisterExtension
    final TestServer server = TestServer.askingAtTheDoor(
            (frame, peer) -> answer,
            (action, destination, peer) -> RULES.allows(action, destination, peer),
            Runnable::run);

    private static CompletableFuture<Optional<Identity>> answered(Identity identity) {
        return CompletableFuture.completedFuture(Optional.of(identity));
    }

    private TestClient connected() {
        var client = server.open().sends("CONNECT\naccept-version:1.2\n\n^@");
        client.received().sent(CONNECTED, "user-name:ann", "expires:1060000").isOpen();
        client.sends("SUBSCRIBE\nid:0\ndestination:/topic/staff\n\n^@SUBSCRIBE\nid:1\ndestination:/topic/open\n\n^@");
        return client;
    }

    private static TestClient renews(TestClient client) {
        return client.sends("SEND\ndestination:/stampede/login\npasscode:new\nreceipt:n\n\n^@");
    }

    @Test
    void aSessionWithoutEndSaysNothingOfIt() {
        answer = answered(Identity.of("ann"));
        var client = server.open().sends("CONNECT\naccept-version:1.2\n\n^@");
        client.received().sent(CONNECTED).without("expires");
        client.waits(Duration.ofDays(1)).received().isExhausted().isOpen();
    }

    @Test
    void whenTheLoginEndsSoDoesTheSession() {
        var client = connected().waits(Duration.ofSeconds(59));
        server.publish("/topic/staff", "in time");
        client.received().sent(MESSAGE).withBody("in time").isExhausted().isOpen();
        client.waits(Duration.ofSeconds(1));
        server.publish("/topic/staff", "too late");
        client.received().sent(ERROR, "message:Login expired").isExhausted().closed(CloseReason.POLICY);
        assertThat(server.registry.count()).isZero();
    }

    @Test
    void whoComesWithAnExpiredLoginIsNotLetIn() {
        answer = answered(Identity.of("ann").until(START));
        server.open()
                .sends("CONNECT\naccept-version:1.2\n\n^@")
                .received()
                .sent(ERROR, "message:Login failed")
                .closed(CloseReason.POLICY);
    }

    @Test
    void aNewLoginLetsTheSessionGoOn() {
        var client = connected();
        answer = answered(Identity.of("ann", "clerk").until(START.plusSeconds(90)));
        renews(client).received().sent(RECEIPT, "receipt-id:n");
        client.waits(Duration.ofSeconds(89));
        server.publish("/topic/staff", "still here");
        client.received().sent(MESSAGE).withBody("still here").isExhausted().isOpen();
        client.waits(Duration.ofSeconds(1)).received().sent(ERROR, "message:Login expired");
    }

    @Test
    void aNewLoginMayCostSubscriptionsAndRights() {
        var client = connected();
        server.handlers.takeCalls();
        answer = answered(Identity.of("ann"));
        renews(client).received().sent(RECEIPT, "receipt-id:n").isOpen();
        assertThat(server.handlers.takeCalls())
                .containsExactly("unsubscribed session-1 /topic/staff", "revoked /topic/staff");
        server.publish("/topic/staff", "secret");
        server.publish("/topic/open", "for all");
        client.received().sent(MESSAGE).withBody("for all").isExhausted();
        client.sends("SEND\ndestination:/app/x\n\n^@").received().sent(ERROR, "message:Access denied");
    }

    @Test
    void theIdOfASubscriptionThatWasTakenAwayIsFree() {
        var client = connected();
        answer = answered(Identity.of("ann"));
        renews(client).received().sent(RECEIPT);
        client.sends("SUBSCRIBE\nid:0\ndestination:/topic/open\nreceipt:s\n\n^@");
        client.received().sent(RECEIPT, "receipt-id:s");
    }

    @Test
    void handlersSeeTheNewRoles() {
        answer = answered(Identity.of("ann"));
        var client = server.open().sends("CONNECT\naccept-version:1.2\n\n^@");
        client.received().sent(CONNECTED);
        answer = answered(Identity.of("ann", "clerk"));
        renews(client).received().sent(RECEIPT);
        client.sends("SEND\ndestination:/app/x\nreceipt:1\n\n^@")
                .received()
                .sent(RECEIPT)
                .isOpen();
        assertThat(client.connection().peer().hasRole("clerk")).isTrue();
    }

    @Test
    void anotherUserMayNotTakeTheSessionOver() {
        var client = connected();
        answer = answered(Identity.of("bob", "clerk"));
        renews(client)
                .received()
                .sent(ERROR, "message:Login failed")
                .isExhausted()
                .closed(CloseReason.POLICY);
    }

    @Test
    void aNewLoginThatProvesNothingIsTheEnd() {
        var client = connected();
        answer = CompletableFuture.completedFuture(Optional.empty());
        renews(client).received().sent(ERROR, "message:Login failed").closed(CloseReason.POLICY);
    }

    @Test
    void aNewLoginIsNoPartOfATransaction() {
        var client = connected().sends("BEGIN\ntransaction:t\n\n^@");
        client.sends("SEND\ndestination:/stampede/login\ntransaction:t\n\n^@");
        client.received().sent(ERROR, "message:Login in a transaction").closed(CloseReason.PROTOCOL_ERROR);
    }

    @Test
    void newLoginsComeOneAtATime() {
        var client = connected();
        renews(renews(client)).received().sent(RECEIPT).sent(RECEIPT);
        answer = new CompletableFuture<>();
        renews(client).received().isExhausted().isOpen();
        renews(client).received().sent(ERROR, "message:Login under way").closed(CloseReason.PROTOCOL_ERROR);
    }

    @Test
    void theSessionGoesOnWhileTheNewLoginIsJudged() {
        var client = connected();
        answer = new CompletableFuture<>();
        renews(client).sends("SEND\ndestination:/app/x\nreceipt:1\n\n^@");
        client.received().sent(RECEIPT, "receipt-id:1").isExhausted();
        answer.complete(Optional.of(Identity.of("ann")));
        client.received().sent(RECEIPT, "receipt-id:n");
    }
}
