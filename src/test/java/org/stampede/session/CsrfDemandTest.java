package org.stampede.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.security.Identity;
import org.stampede.security.Peer;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.Headers;

/** Who came with the cookies of a browser must know what no other site does. */
class CsrfDemandTest {

    private static final Peer ANN = new Peer("s", Optional.of(() -> "ann"));
    private static final Login DEMAND = new CsrfDemand(Login.NONE, "X-CSRF-TOKEN", "a-b-c");

    private static CompletableFuture<Optional<Identity>> login(Login login, String... headers) {
        return login.login(Frame.of(Command.CONNECT, Headers.of(headers)), ANN).toCompletableFuture();
    }

    @Test
    void whoKnowsTheTokenStaysWhoHeIs() {
        assertThat(login(DEMAND, "X-CSRF-TOKEN", "a-b-c")).isCompletedWithValue(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a-b-", "a-b-c ", "A-B-C", "a-b-cd"})
    void whoDoesNotIsRefusedWithoutDetail(String said) {
        assertThat(login(DEMAND, "X-CSRF-TOKEN", said))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(PolicyException.class)
                .withMessageContaining("Access denied")
                .withMessageNotContainingAny("a-b-c", "token", "CSRF");
    }

    @Test
    void theHeaderMustBeThere() {
        assertThat(login(DEMAND)).isCompletedExceptionally();
        assertThat(login(DEMAND, "x-token", "a-b-c")).isCompletedExceptionally();
    }

    @Test
    void whoProvesItByConnectNeedsNoToken() {
        var bob = Optional.of(Identity.of("bob"));
        Login passwords = (connect, peer) -> CompletableFuture.completedFuture(bob);
        assertThat(login(new CsrfDemand(passwords, "X-CSRF-TOKEN", "a-b-c"))).isCompletedWithValue(bob);
    }

    @Test
    void theTokenIsNotTold() {
        assertThat(DEMAND.toString()).doesNotContain("a-b-c");
    }
}
