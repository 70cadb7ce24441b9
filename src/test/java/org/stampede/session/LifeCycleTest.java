package org.stampede.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.CONNECTED;
import static org.stampede.stomp.Command.ERROR;
import static org.stampede.stomp.Command.MESSAGE;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.stomp.Headers;
import org.stampede.testing.StompItem;
import org.stampede.transport.CloseReason;

/**
 * What the application is told of a session: each thing once, in order, in whatever way the session ends; and what is left of
 * it afterwards: nothing.
 */
class LifeCycleTest {

    @RegisterExtension
    final TestServer server = TestServer.direct();

    /** The ways in which a session ends. */
    enum End {
        DISCONNECT((server, client) -> client.sends("DISCONNECT\nreceipt:1\n\n^@")),
        FAULTY_FRAME((server, client) -> client.sends("SEND\n\n^@")),
        MALFORMED_FRAME((server, client) -> client.sends("JUMP\n\n^@")),
        TOO_LARGE_FRAME((server, client) -> client.sends("SEND\n" + "x".repeat(3_000))),
        REFUSED_BY_BROKER((server, client) -> client.sends("ACK\nid:9\n\n^@")),
        HANDLER_FAULT((server, client) -> client.sends("SEND\ndestination:/app/bug\n\n^@")),
        LOST_CONNECTION((server, client) -> client.vanishes()),
        DEAD_PEER((server, client) -> client.waits(Duration.ofSeconds(71))),
        GOING_AWAY((server, client) -> client.connection().goAway()),
        THROWN_OUT((server, client) -> server.registry
                .find(client.peer().sessionId())
                .orElseThrow()
                .disconnect()
                .accept("Leave")),
        REFUSED_LATE((server, client) -> client.connection()
                .refuse(new ProtocolException("Refused", "Refused.", Headers.NONE), CloseReason.TRY_AGAIN_LATER)),
        OVERFLOW((server, client) -> {
            client.wire().hold();
            client.sends("BEGIN\ntransaction:t\nreceipt:1\n\n^@");
            for (int i = 0; i < 102; i++) {
                server.publish("/topic/a", "x");
            }
        }),
        FAILED_WRITE((server, client) -> {
            client.wire().failWith(new IOException("test"));
            server.publish("/topic/a", "x");
        }),
        VANISHED_IN_SILENCE((server, client) -> {
            client.wire().vanish();
            client.ticks();
        }),
        FOUND_VANISHED((server, client) -> {
            client.wire().vanish();
            client.connection().probe();
        }),
        STUCK_WRITE((server, client) -> {
            client.wire().hold();
            server.publish("/topic/a", "x");
            client.waits(Duration.ofSeconds(21)).ticks();
        });

        private final BiConsumer<TestServer, TestClient> way;

        End(BiConsumer<TestServer, TestClient> way) {
            this.way = way;
        }
    }

    private TestClient subscriber(String user) {
        return server.open(user)
                .sends("CONNECT\naccept-version:1.2\nheart-beat:1000,0\n\n^@"
                        + "SUBSCRIBE\nid:0\ndestination:/topic/a\n\n^@"
                        + "SUBSCRIBE\nid:1\ndestination:/user/queue/b\n\n^@"
                        + "SUBSCRIBE\nid:2\ndestination:/topic/gone\n\n^@"
                        + "UNSUBSCRIBE\nid:2\n\n^@"
                        + "BEGIN\ntransaction:open\n\n^@");
    }

    @ParameterizedTest
    @EnumSource
    @StompItem({34, 52, 64, 75, 81})
    void eachEndIsToldOnceAndInOrder(End end) {
        server.handlers.on("/app/bug", frame -> {
            throw new IllegalStateException("test");
        });
        var client = subscriber("ann");
        assertThat(server.handlers.takeCalls())
                .containsExactly(
                        "connected session-1",
                        "subscribed session-1 /topic/a",
                        "subscribed session-1 /user/queue/b",
                        "subscribed session-1 /topic/gone",
                        "unsubscribed session-1 /topic/gone");

        end.way.accept(server, client);
        assertThat(server.handlers.takeCalls())
                .filteredOn(call -> !call.startsWith("handle"))
                .containsExactly(
                        "unsubscribed session-1 /topic/a",
                        "unsubscribed session-1 /user/queue/b",
                        "disconnected session-1");
        Stream.of(End.values())
                .filter(again -> again != End.THROWN_OUT)
                .forEach(again -> again.way.accept(server, client));
        assertThat(server.handlers.takeCalls()).isEmpty();
        nothingIsLeftOf(client);
    }

    private void nothingIsLeftOf(TestClient client) {
        assertThat(server.registry.all()).isEmpty();
        assertThat(server.registry.ofUser("ann")).isEmpty();
        assertThat(client.wire().closes()).hasSize(1);
        assertThat(client.ticks()).isFalse();
        client.wire().release();
        client.wire().skipAll();
        server.publish("/topic/a", "late");
        client.received().isExhausted();
    }

    @ParameterizedTest
    @EnumSource
    @StompItem({56, 81})
    void eachEndGivesBackWhatWasNotAcknowledged(End end) {
        server.handlers.on("/app/bug", frame -> {
            throw new IllegalStateException("test");
        });
        server.publish("/queue/a", "1");
        var client = subscriber("ann").sends("SUBSCRIBE\nid:4\ndestination:/queue/a\nack:client\n\n^@");
        end.way.accept(server, client);
        client.wire().skipAll();

        server.connect("1.2")
                .sends("SUBSCRIBE\nid:0\ndestination:/queue/a\n\n^@")
                .received()
                .sent(MESSAGE, "redelivered:true")
                .withBody("1");
    }

    @ParameterizedTest
    @EnumSource(
            value = End.class,
            names = {"DISCONNECT", "FAULTY_FRAME", "MALFORMED_FRAME", "LOST_CONNECTION", "GOING_AWAY", "REFUSED_LATE"})
    @StompItem({24, 34})
    void sessionThatNeverBeganIsNeverTold(End end) {
        var client = server.open("ann");
        end.way.accept(server, client);
        client.vanishes();
        client.wire().skipAll();

        assertThat(server.handlers.takeCalls()).isEmpty();
        assertThat(server.registry.all()).isEmpty();
    }

    @Test
    @StompItem(33)
    void applicationThatFailsAtConnectLeavesNothingBehind() {
        server.handlers.onCall.put("connected", LifeCycleTest::fail);
        var client = server.open("ann");
        client.sends("CONNECT\naccept-version:1.2\n\n^@SUBSCRIBE\nid:0\ndestination:/topic/a\n\n^@");

        assertThat(client.wire().frames()).extracting(frame -> frame.command()).endsWith(ERROR);
        assertThat(server.handlers.takeCalls()).containsExactly("connected session-1", "disconnected session-1");
        nothingIsLeftOf(client);
    }

    private static void fail() {
        throw new IllegalStateException("test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unsubscribed", "disconnected", "unsubscribed disconnected"})
    @StompItem({65, 81})
    void applicationThatFailsAtTheEndKeepsNobodyFromLeaving(String calls) {
        var client = subscriber("ann");
        server.handlers.takeCalls();
        Arrays.stream(calls.split(" ")).forEach(call -> server.handlers.onCall.put(call, LifeCycleTest::fail));
        client.sends("DISCONNECT\n\n^@").received().sent(CONNECTED);

        assertThat(client.wire().closes()).containsExactly(CloseReason.NORMAL);
        assertThat(server.handlers.takeCalls())
                .containsExactly(
                        "unsubscribed session-1 /topic/a",
                        "unsubscribed session-1 /user/queue/b",
                        "disconnected session-1");
        server.handlers.onCall.clear();
        nothingIsLeftOf(client);
    }
}
