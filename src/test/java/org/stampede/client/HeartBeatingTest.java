package org.stampede.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.CONNECT;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stampede.stomp.Command;
import org.stampede.testing.ManualExecutor;
import org.stampede.transport.CloseReason;

class HeartBeatingTest {

    @RegisterExtension
    final TestServer server = new TestServer();

    private TestSession connected(String header) {
        var client = TestSession.on(
                        server,
                        settings -> settings.heartBeat(Duration.ofSeconds(10), Duration.ofSeconds(10))
                                .reconnect(ReconnectPolicy.off()))
                .connecting();
        server.connection().client().sent(CONNECT, "heart-beat:10000,10000");
        server.connection().say("CONNECTED\nversion:1.2\n" + header + "\n^@");
        return client;
    }

    @Test
    void oursComeAShortWhileBeforeTheyAreDue() {
        var client = connected("heart-beat:0,5000\n");
        client.pass(Duration.ofMillis(9_700));
        server.connection().client().isExhausted();
        client.pass(Duration.ofMillis(100));
        server.connection().client().sentHeartBeat();
    }

    @Test
    void aFrameIsAHeartBeatToo() {
        var client = connected("heart-beat:0,10000\n");
        client.pass(Duration.ofSeconds(9));
        client.session.sendUnconfirmed("/topic/x", "", Map.of());
        server.connection().client().sent(Command.SEND);
        client.pass(Duration.ofSeconds(9));
    }

    @Test
    void aServerThatMissesTwoIsDead() {
        var client = connected("heart-beat:10000,0\n");
        client.pass(Duration.ofSeconds(19));
        server.connection().say("\n");
        client.pass(Duration.ofSeconds(20));
        assertThat(client.session.state()).isEqualTo(SessionState.CONNECTED);
        client.pass(Duration.ofMillis(1));
        server.connection().client().closed(CloseReason.NORMAL);
        assertThat(client.session.state()).isEqualTo(SessionState.CLOSED);
    }

    @Test
    void noneAreExpectedOrSentUnlessAgreed() {
        var client = connected("");
        client.pass(Duration.ofHours(1));
        assertThat(client.session.state()).isEqualTo(SessionState.CONNECTED);
    }

    @Test
    void whoDoesNotReadSaysNothingOfTheServer() {
        var blocked = new ManualExecutor();
        var client = new TestSession(
                server,
                blocked,
                settings -> settings.heartBeat(Duration.ZERO, Duration.ofSeconds(10))
                        .incoming(1, 1_000));
        client.connecting();
        blocked.runAll();
        server.connection().client().sent(CONNECT);
        server.connection().say("CONNECTED\nversion:1.2\nheart-beat:10000,0\n\n^@");
        client.session.subscribe("/topic/x", String.class, text -> {});
        server.connection().client().sent(Command.SUBSCRIBE);
        server.connection().say("RECEIPT\nreceipt-id:receipt-1\n\n^@MESSAGE\nsubscription:sub-1\n\n1^@");
        client.pass(Duration.ofSeconds(60));
        assertThat(client.session.state()).isEqualTo(SessionState.CONNECTED);
        blocked.runAll();
        client.pass(Duration.ofSeconds(21));
        assertThat(client.session.state()).isEqualTo(SessionState.RECONNECTING);
    }
}
