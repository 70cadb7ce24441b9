package org.stampede.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.CONNECTED;
import static org.stampede.stomp.Command.ERROR;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.stomp.Command.RECEIPT;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stampede.security.AccessRules;
import org.stampede.security.Identity;
import org.stampede.transport.CloseReason;

/** STOMP 1.2, section CONNECT: what a session does while it is found out who its client is. */
class LoginTest {

    private static final AccessRules RULES = AccessRules.builder()
            .connect()
            .authenticated()
            .subscribe("/topic/of.{user}")
            .permitAll()
            .send("/topic/of.ann")
            .roles("speaker")
            .build();

    private CompletableFuture<Optional<Identity>> answer = new CompletableFuture<>();

    @RegisterExtension
    final TestServer server = TestServer.askingAtTheDoor((connect, peer) -> answer, RULES::allows, Runnable::run);

    private void isLoggedIn(TestClient client) {
        client.received().sent(CONNECTED, "user-name:ann").isOpen();
        assertThat(server.registry.ofUser("ann")).hasSize(1);
    }

    @Test
    void whoLogsInByConnectIsThatUserFromThenOn() {
        answer.complete(Optional.of(Identity.of("ann", "speaker")));
        var client = server.open().sends("CONNECT\naccept-version:1.2\n\n^@");
        isLoggedIn(client);
        client.sends("SUBSCRIBE\nid:0\ndestination:/topic/of.ann\n\n^@SEND\ndestination:/topic/of.ann\n\nhello^@");
        client.received().sent(MESSAGE).withBody("hello");
        assertThat(client.connection().peer().hasRole("speaker")).isTrue();
    }

    @Test
    void whatComesMeanwhileWaitsInOrder() {
        var client = server.open()
                .sends("CONNECT\naccept-version:1.2\n\n^@SUBSCRIBE\nid:0\ndestination:/topic/of.ann\n\n^@")
                .sends("SEND\ndestination:/topic/of.ann\nreceipt:1\n\nfirst^@")
                .sends("SEND\ndestination:/topic/of.ann\nreceipt:2\n\nsecond^@");
        client.received().isExhausted().isOpen();
        answer.complete(Optional.of(Identity.of("ann", "speaker")));
        isLoggedIn(client);
        client.received()
                .sent(MESSAGE)
                .withBody("first")
                .sent(RECEIPT)
                .sent(MESSAGE)
                .withBody("second")
                .sent(RECEIPT);
    }

    @Test
    void whoIsRefusedMayNotSayAnyMore() {
        var client = server.open().sends("CONNECT\naccept-version:1.2\n\n^@SEND\ndestination:/app/x\n\n^@");
        answer.completeExceptionally(PolicyException.loginFailed());
        client.received()
                .sent(ERROR, "message:Login failed")
                .withBody("The client could not be logged in.\n")
                .isExhausted()
                .closed(CloseReason.POLICY);
        assertThat(server.handlers.takeCalls()).isEmpty();
        assertThat(server.registry.count()).isZero();
    }

    @Test
    void whoSaysNothingStaysWhoHeWasAtTheHandshake() {
        answer.complete(Optional.empty());
        isLoggedIn(server.open("ann").sends("CONNECT\naccept-version:1.2\n\n^@"));
        server.open().sends("CONNECT\naccept-version:1.2\n\n^@").received().sent(ERROR, "message:Access denied");
    }

    @Test
    void nobodyIsLetInWhoHasGoneMeanwhile() {
        var client = server.open().sends("CONNECT\naccept-version:1.2\n\n^@");
        client.vanishes();
        answer.complete(Optional.of(Identity.of("ann")));
        client.received().isExhausted();
        assertThat(server.registry.count()).isZero();
        assertThat(server.handlers.takeCalls()).isEmpty();
    }

    @Test
    void whatWaitsIsBounded() {
        var client = server.open().sends("CONNECT\naccept-version:1.2\n\n^@");
        for (int i = 0; i < 4; i++) {
            client.sends("SEND\ndestination:/app/x\n\n" + "x".repeat(3_000) + "^@");
        }
        client.received()
                .sent(ERROR)
                .withBodyContaining("stampede.limit.login-octets")
                .closed(CloseReason.TOO_BIG);
    }

    @Test
    void aLoginThatHangsIsGivenUp() {
        var client = server.open().sends("CONNECT\naccept-version:1.2\n\n^@").waits(Duration.ofSeconds(20));
        client.received().isExhausted().isOpen();
        client.waits(Duration.ofSeconds(1));
        client.received().sent(ERROR, "message:Login took too long").closed(CloseReason.POLICY);
        answer.complete(Optional.of(Identity.of("ann")));
        client.received().isExhausted();
        assertThat(server.registry.count()).isZero();
    }

    @Test
    void aBugInTheLoginIsToldAsOneAndLetsNobodyIn() {
        var client = server.open("ann").sends("CONNECT\naccept-version:1.2\npasscode:secret\n\n^@");
        answer.completeExceptionally(new IllegalStateException("secret"));
        client.received().sent(ERROR, "message:Internal error").isExhausted().closed(CloseReason.SERVER_ERROR);
    }
}
