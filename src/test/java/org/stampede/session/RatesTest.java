package org.stampede.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.CONNECTED;
import static org.stampede.stomp.Command.ERROR;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stampede.transport.CloseReason;

/** How much a client may send, and how many sessions a user may have. */
class RatesTest {

    private static SessionSettings settings(RateLimits rates) {
        var s = TestServer.SETTINGS;
        return new SessionSettings(
                s.server(),
                s.heartBeat(),
                s.readMargin(),
                s.readMarginAtLeast(),
                s.ping(),
                s.connectTime(),
                s.loginOctets(),
                s.subscriptions(),
                s.userSessions(),
                rates,
                s.transactions(),
                s.transactionFrames(),
                s.transactionOctets());
    }

    private static final String BEAT = "BEGIN\ntransaction:t\n\n^@ABORT\ntransaction:t\n\n^@";

    @RegisterExtension
    final TestServer byFrames = TestServer.with(settings(new RateLimits(2, 0)));

    @RegisterExtension
    final TestServer byOctets = TestServer.with(settings(new RateLimits(0, 100)));

    private static void isCutOff(TestClient client, String setting) {
        client.received().sent(ERROR).withBodyContaining(setting).isExhausted().closed(CloseReason.POLICY);
    }

    @Test
    void aBurstOfTenSecondsIsAllowedAndNoMore() {
        var client = byFrames.connect("1.2");
        for (int i = 0; i < 9; i++) {
            client.sends(BEAT);
        }
        client.sends("\n").received().isExhausted().isOpen();
        client.sends("\n");
        isCutOff(client, "stampede.limit.frames-per-second");
    }

    @Test
    void whoKeepsToTheRateMaySendForEver() {
        var client = byFrames.connect("1.2");
        for (int i = 0; i < 100; i++) {
            client.sends(BEAT).waits(Duration.ofSeconds(1));
        }
        client.received().isExhausted().isOpen();
    }

    @Test
    void restIsNotSavedUpForMoreThanABurst() {
        var client = byFrames.connect("1.2");
        byFrames.clock.advance(Duration.ofHours(1));
        for (int i = 0; i < 10; i++) {
            client.sends(BEAT);
        }
        client.received().isExhausted().isOpen();
        client.sends("\n");
        isCutOff(client, "stampede.limit.frames-per-second");
    }

    @Test
    void octetsAreCountedAsWell() {
        var client = byOctets.connect("1.2");
        client.sends("\n".repeat(900)).received().isExhausted().isOpen();
        client.sends("\n".repeat(200));
        isCutOff(client, "stampede.limit.octets-per-second");
    }

    @Test
    void aUserHasSoManySessionsAndNoMore() {
        byFrames.open("ann").connect("1.2");
        var second = byFrames.open("ann").connect("1.2");
        isCutOff(byFrames.open("ann").sends("CONNECT\naccept-version:1.2\n\n^@"), "stampede.limit.sessions-per-user");
        byFrames.open("bob").connect("1.2");
        assertThat(byFrames.registry.ofUser("ann")).hasSize(2);
        second.vanishes();
        byFrames.open("ann")
                .sends("CONNECT\naccept-version:1.2\n\n^@")
                .received()
                .sent(CONNECTED)
                .isOpen();
    }

    @Test
    void whoIsNobodyIsNotCountedAsAUser() {
        for (int i = 0; i < 5; i++) {
            byFrames.connect("1.2").received().isOpen();
        }
    }
}
