package org.stampede.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.CONNECTED;
import static org.stampede.stomp.Command.ERROR;
import static org.stampede.stomp.Command.RECEIPT;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.stomp.HeartBeat;
import org.stampede.testing.ManualExecutor;
import org.stampede.testing.StompItem;
import org.stampede.transport.CloseReason;

/**
 * STOMP 1.2, section Heart-beating, and the time limit for CONNECT. The server offers {@code 10000,20000}, and calls a client
 * dead after three intervals, but not before 70 seconds.
 */
class HeartBeatingTest {

    @RegisterExtension
    final TestServer server = TestServer.direct();

    private final ManualExecutor executor = new ManualExecutor();

    @RegisterExtension
    final TestServer queued = TestServer.on(executor);

    private final TestClient client = server.open();

    private static Duration seconds(int count) {
        return Duration.ofSeconds(count);
    }

    private TestClient connect(String heartBeat) {
        client.sends("CONNECT\naccept-version:1.2\nheart-beat:" + heartBeat + "\n\n^@")
                .received()
                .sent(CONNECTED, "heart-beat:10000,20000");
        return client;
    }

    private void isDead() {
        client.received().sent(ERROR, "message:No heart-beat").closed(CloseReason.POLICY);
        assertThat(server.handlers.takeCalls()).endsWith("disconnected session-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10000", "a,b", "-1,0", "10,-1", "1.5,2", ",", "1,2,3"})
    @StompItem(35)
    void malformedHeartBeatIsAnError(String value) {
        client.sends("CONNECT\naccept-version:1.2\nheart-beat:" + value + "\n\n^@")
                .received()
                .sent(ERROR, "message:Malformed heart-beat")
                .withBodyContaining("two numbers")
                .closed(CloseReason.PROTOCOL_ERROR);
        assertThat(server.registry.all()).isEmpty();
    }

    @Test
    @StompItem(36)
    void withoutTheHeaderNobodyBeats() {
        client.connect("1.2").waits(seconds(1000));

        client.received().isOpen();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10000,10000", "nonsense"})
    @StompItem(36)
    void thereAreNoHeartBeatsInVersion10(String value) {
        client.sends("CONNECT\naccept-version:1.0\nheart-beat:" + value + "\n\n^@")
                .received()
                .sent(CONNECTED)
                .without("heart-beat");
        client.waits(seconds(1000));

        client.received().isOpen();
    }

    @ParameterizedTest
    @CsvSource({"0,0", "500,0"})
    @StompItem(37)
    void clientThatWantsNoneIsSentNone(String canSend, String wants) {
        connect(canSend + "," + wants).waits(seconds(60));

        client.received().isOpen();
    }

    @ParameterizedTest
    @CsvSource({"1, 10", "10000, 10", "15000, 15", "60000, 60"})
    @StompItem({37, 38, 39})
    void serverBeatsAsOftenAsBothCan(int wants, int everySeconds) {
        connect("0," + wants);
        // The ticker comes once a second, and so has to be early by up to one.
        client.waits(seconds(everySeconds - 2)).received().isExhausted();
        client.waits(seconds(1)).received().sentHeartBeat().isExhausted();
        client.waits(seconds(everySeconds - 2)).received().isExhausted();
        client.waits(seconds(1)).received().sentHeartBeat().isOpen();
    }

    @Test
    @StompItem(37)
    void serverThatCannotBeatDoesNot() {
        var quiet = withHeartBeat(new HeartBeat(0, 0));
        var other = quiet.open();
        other.sends("CONNECT\naccept-version:1.2\nheart-beat:1000,1000\n\n^@")
                .received()
                .sent(CONNECTED, "heart-beat:0,0");
        other.waits(seconds(1000));

        other.received().isExhausted().isOpen();
    }

    private static TestServer withHeartBeat(HeartBeat heartBeat) {
        return with(heartBeat, Duration.ZERO);
    }

    private static TestServer with(HeartBeat heartBeat, Duration ping) {
        return TestServer.with(settings(heartBeat, ping));
    }

    private static SessionSettings settings(HeartBeat heartBeat, Duration ping) {
        var s = TestServer.SETTINGS;
        return new SessionSettings(
                s.server(),
                heartBeat,
                s.readMargin(),
                s.readMarginAtLeast(),
                ping,
                s.connectTime(),
                s.loginOctets(),
                s.subscriptions(),
                s.userSessions(),
                s.rates(),
                s.transactions(),
                s.transactionFrames(),
                s.transactionOctets());
    }

    private static TestClient pinged(String heartBeat) {
        var other = with(new HeartBeat(10_000, 20_000), seconds(30)).open();
        other.sends("CONNECT\naccept-version:1.2\nheart-beat:" + heartBeat + "\n\n^@")
                .received()
                .sent(CONNECTED);
        return other;
    }

    @Test
    void whoSendsNoHeartBeatsIsAskedForASignOfLife() {
        var other = pinged("0,0");
        other.waits(seconds(29));
        assertThat(other.wire().pings()).isZero();
        for (int minute = 0; minute < 10; minute++) {
            other.waits(seconds(60)).connection().isAlive();
        }
        assertThat(other.wire().pings()).isBetween(19, 20);
        other.received().isOpen();
    }

    @Test
    void whoDoesNotAnswerPingsIsDead() {
        var other = pinged("0,0");
        other.waits(seconds(90)).received().isOpen();
        other.waits(seconds(2));
        other.received().sent(ERROR, "message:No heart-beat").closed(CloseReason.POLICY);
    }

    @Test
    void whoCannotBeAskedIsNotDeadForBeingSilent() {
        var settings = settings(new HeartBeat(10_000, 20_000), seconds(30));
        for (boolean canPing : new boolean[] {true, false}) {
            var monitor = new HeartBeatMonitor(settings, canPing, 0);
            monitor.negotiated(HeartBeat.NONE);
            assertThat(monitor.pingIsDue(seconds(31).toNanos())).isEqualTo(canPing);
            assertThat(monitor.peerIsDead(seconds(3_600).toNanos())).isEqualTo(canPing);
        }
    }

    @Test
    void whoSendsHeartBeatsIsNotPinged() {
        var other = pinged("20000,0");
        other.waits(seconds(60));
        assertThat(other.wire().pings()).isZero();
    }

    @Test
    void aPingDoesNotTakeThePlaceOfAHeartBeat() {
        var other = pinged("0,30000");
        other.waits(seconds(31));
        assertThat(other.wire().pings()).isEqualTo(1);
        other.received().sentHeartBeat().isExhausted();
        other.waits(seconds(29)).received().sentHeartBeat().isOpen();
    }

    @Test
    @StompItem(38)
    void anyFrameTakesThePlaceOfAHeartBeat() {
        connect("0,10000").waits(seconds(8));
        client.sends("BEGIN\ntransaction:t\nreceipt:1\n\n^@").waits(seconds(8));
        client.received().sent(RECEIPT).isExhausted();
        client.waits(seconds(1));

        client.received().sentHeartBeat();
    }

    @Test
    @StompItem({41, 42})
    void silentClientIsDeadAfterTheMargin() {
        connect("30000,0").waits(seconds(90));
        client.received().isExhausted().isOpen();
        client.waits(seconds(1));

        isDead();
    }

    @Test
    @StompItem({41, 42})
    void marginIsNeverLessThanWhatHiddenPagesNeed() {
        connect("1000,0").waits(seconds(70));
        client.received().isExhausted().isOpen();
        client.waits(seconds(1));

        isDead();
    }

    @Test
    @StompItem(37)
    void clientThatCannotBeatIsNeverDead() {
        connect("0,0").waits(seconds(1000));

        client.received().isOpen();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483647,2147483647", "99999999999,99999999999"})
    @StompItem({35, 37})
    void longestIntervalsDoNotOverflow(String heartBeat) {
        connect(heartBeat).waits(seconds(1000));

        client.received().isOpen();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "BEGIN\ntransaction:t\n\n^@ABORT\ntransaction:t\n\n^@"})
    @StompItem({40, 79})
    void anyDataOfTheClientIsLife(String data) {
        connect("10000,0");
        for (int i = 0; i < 10; i++) {
            client.waits(seconds(69)).sends(data);
        }
        client.received().isOpen();
    }

    @Test
    @StompItem(40)
    void partOfAFrameIsLife() {
        connect("10000,0");
        for (char part : "SEND\ndestination:/topic/a\n".toCharArray()) {
            client.waits(seconds(69)).sends(String.valueOf(part));
        }
        client.received().isOpen();
    }

    @Test
    @StompItem({41, 74})
    void deadClientEndsTheSessionOnce() {
        connect("10000,0").waits(seconds(71));
        isDead();
        client.waits(seconds(100)).vanishes();

        assertThat(client.ticks()).isFalse();
        assertThat(server.handlers.takeCalls()).isEmpty();
        assertThat(server.registry.all()).isEmpty();
    }

    @Test
    @StompItem({24, 34})
    void clientThatDoesNotConnectInTimeIsRefused() {
        client.waits(seconds(10)).received().isExhausted().isOpen();
        client.waits(seconds(1))
                .received()
                .sent(ERROR, "message:No CONNECT in time")
                .withBodyContaining("10000 ms")
                .closed(CloseReason.POLICY);
        client.sends("CONNECT\naccept-version:1.2\n\n^@");

        assertThat(server.handlers.takeCalls()).isEmpty();
    }

    @Test
    @StompItem(24)
    void heartBeatsAndPartsOfFramesGiveNoMoreTimeToConnect() {
        for (char part : "\n\n\n\n\n\nCONN".toCharArray()) {
            client.sends(String.valueOf(part)).waits(seconds(1));
        }
        client.received().isExhausted().isOpen();
        client.waits(seconds(1)).received().sent(ERROR, "message:No CONNECT in time");
    }

    @Test
    @StompItem(38)
    void connectedComesBeforeTheFirstHeartBeat() {
        client.waits(seconds(9));
        connect("0,10000");
        client.waits(seconds(1)).received().isExhausted();
    }

    @Test
    @StompItem(24)
    void connectThatWaitsToBeProcessedIsInTime() {
        var busy = queued.open();
        busy.sends("CONNECT\naccept-version:1.2\n\n^@").waits(seconds(15));
        busy.received().isExhausted().isOpen();
        executor.runAll();

        busy.received().sent(CONNECTED).isOpen();
    }

    @Test
    @StompItem({40, 41})
    void clientThatWeDoNotListenToIsNotDead() {
        var busy = queued.open();
        busy.sends("CONNECT\naccept-version:1.2\nheart-beat:1000,0\n\n^@");
        executor.runAll();
        busy.received().sent(CONNECTED);
        for (int i = 0; i < TestClient.INBOX; i++) {
            busy.sends("SEND\ndestination:/app/a\n\n^@");
        }
        var reader = new Thread(() -> busy.sends("SEND\ndestination:/app/a\n\n^@"));
        reader.start();
        while (reader.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        busy.waits(seconds(100)).received().isOpen();
        executor.runAll();
        join(reader);
        busy.waits(seconds(70)).received().isOpen();
        busy.waits(seconds(1)).received().sent(ERROR, "message:No heart-beat");
        executor.runAll();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError("Nobody interrupts a test.", e);
        }
    }
}
