package org.stampede.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.CONNECTED;
import static org.stampede.stomp.Command.ERROR;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.stomp.Command.RECEIPT;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.stomp.Frame;
import org.stampede.testing.ManualExecutor;
import org.stampede.testing.StompItem;
import org.stampede.transport.CloseReason;

/** STOMP 1.2, section Connecting, and what differs in 1.0 and 1.1. */
class ConnectingTest {

    @RegisterExtension
    final TestServer server = TestServer.direct();

    private final ManualExecutor executor = new ManualExecutor();

    @RegisterExtension
    final TestServer queued = TestServer.on(executor);

    private final TestClient client = server.open();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SEND\ndestination:/topic/a\n\n^@",
                "SUBSCRIBE\nid:0\ndestination:/topic/a\n\n^@",
                "UNSUBSCRIBE\nid:0\n\n^@",
                "ACK\nid:0\n\n^@",
                "NACK\nid:0\n\n^@",
                "BEGIN\ntransaction:t\n\n^@",
                "COMMIT\ntransaction:t\n\n^@",
                "ABORT\ntransaction:t\n\n^@",
                "DISCONNECT\n\n^@",
                "MESSAGE\n\n^@",
                "RECEIPT\n\n^@",
                "ERROR\n\n^@"
            })
    @StompItem(24)
    void frameBeforeConnectIsRefused(String frame) {
        client.sends(frame).received().sent(ERROR, "message:Not connected").closed(CloseReason.PROTOCOL_ERROR);
        assertThat(server.handlers.takeCalls()).isEmpty();
        assertThat(server.registry.all()).isEmpty();
    }

    @Test
    @StompItem(24)
    void connectedAsTheFirstFrameOpensNothing() {
        client.sends("CONNECTED\nversion:1.2\n\n^@")
                .received()
                .sent(ERROR, "message:Not connected")
                .closed(CloseReason.PROTOCOL_ERROR);
    }

    @Test
    @StompItem(24)
    void connectAfterARefusedFrameOpensNothing() {
        client.sends("BEGIN\ntransaction:t\n\n^@CONNECT\naccept-version:1.2\n\n^@")
                .received()
                .sent(ERROR, "message:Not connected");
        assertThat(server.registry.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT", "STOMP"})
    @StompItem({25, 29, 32})
    void connectAndStompOpenASession(String command) {
        client.sends(command + "\naccept-version:1.2\nhost:example.com\n\n^@")
                .received()
                .sent(CONNECTED, "version:1.2", "session:session-1", "server:Stampede/test", "heart-beat:10000,20000")
                .without("user-name")
                .isOpen();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT", "STOMP"})
    @StompItem({24, 25})
    void secondConnectIsAnError(String command) {
        client.connect("1.2")
                .sends(command + "\naccept-version:1.2\nhost:x\n\n^@")
                .received()
                .sent(ERROR, "message:Connected already")
                .closed(CloseReason.PROTOCOL_ERROR);
    }

    @Test
    @StompItem(31)
    void hostIsNeitherRequiredNorChecked() {
        client.sends("CONNECT\naccept-version:1.1\nhost:nobody.knows\n\n^@")
                .received()
                .sent(CONNECTED);
        server.open().sends("CONNECT\naccept-version:1.1\n\n^@").received().sent(CONNECTED);
    }

    @Test
    @StompItem(12)
    void headersOfConnectAreNotUnescaped() {
        client.sends("CONNECT\naccept-version:1.2\nhost:a\\tb\nlogin:c:\\windows\npasscode:\\\n\n^@")
                .received()
                .sent(CONNECTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "accept-version:1.0\n"})
    @StompItem({27, 29})
    void clientOfVersion10IsToldNoVersion(String header) {
        client.sends("CONNECT\n" + header + "login:ann\n\n^@")
                .received()
                .sent(CONNECTED, "session:session-1", "server:Stampede/test")
                .without("version")
                .without("heart-beat");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"1.0,1.1,1.2; 1.2", "1.2,1.1,1.0; 1.2", "1.0,1.1; 1.1", "1.1,9.9; 1.1", "1.1; 1.1", "1.2; 1.2"})
    @StompItem({28, 29})
    void highestCommonVersionIsSpoken(String offered, String spoken) {
        client.sends("CONNECT\naccept-version:" + offered + "\n\n^@").received().sent(CONNECTED, "version:" + spoken);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0", "0.9,3.0", "", "1.2.1", "one"})
    @StompItem({30, 33})
    void noCommonVersionIsAnErrorThatListsVersions(String offered) {
        client.sends("CONNECT\naccept-version:" + offered + "\n\n^@")
                .received()
                .sent(ERROR, "message:Unsupported version", "version:1.0,1.1,1.2", "content-type:text/plain")
                .withBodyContaining("1.0,1.1,1.2")
                .closed(CloseReason.PROTOCOL_ERROR);
        assertThat(server.handlers.takeCalls()).isEmpty();
    }

    @Test
    @StompItem({13, 27})
    void firstOfRepeatedHeadersCounts() {
        client.sends("CONNECT\naccept-version:1.1\naccept-version:1.2\n\n^@")
                .received()
                .sent(CONNECTED, "version:1.1");
    }

    @Test
    @StompItem({32, 77})
    void userOfTheHandshakeIsNamed() {
        server.open("ann")
                .sends("CONNECT\naccept-version:1.2\nlogin:bob\n\n^@")
                .received()
                .sent(CONNECTED, "user-name:ann");
    }

    @Test
    @StompItem({11, 12})
    void connectedIsNotEscapedAndYetOneHeaderStaysOneHeader() {
        var hostile = server.open("a:b\nversion:6.6\\");
        hostile.sends("CONNECT\naccept-version:1.2\n\n^@").received().sent(CONNECTED);

        assertThat(hostile.wire().text())
                .contains("\nuser-name:a:b version:6.6\\\n")
                .startsWith("CONNECTED\n");
    }

    @Test
    @StompItem(34)
    void clientsMayComeAndGoRapidly() {
        for (int i = 0; i < 100; i++) {
            var quick = server.open("ann");
            quick.sends("CONNECT\naccept-version:1.2\n\n^@SUBSCRIBE\nid:0\ndestination:/topic/a\n\n^@");
            quick.received().sent(CONNECTED);
            quick.vanishes();
        }
        assertThat(server.registry.all()).isEmpty();
        assertThat(server.registry.ofUser("ann")).isEmpty();
        assertThat(server.handlers.takeCalls()).hasSize(400);
    }

    @Test
    @StompItem(34)
    void clientMayConnectAndDisconnectInOneBreath() {
        client.sends("CONNECT\naccept-version:1.2\n\n^@DISCONNECT\nreceipt:bye\n\n^@")
                .received()
                .sent(CONNECTED)
                .sent(RECEIPT, "receipt-id:bye")
                .closed(CloseReason.NORMAL);
    }

    @Test
    @StompItem(67)
    void connectGetsNoReceipt() {
        client.sends("CONNECT\naccept-version:1.2\nreceipt:1\n\n^@").received().sent(CONNECTED);
    }

    @Test
    @StompItem({67, 76})
    void errorOfConnectNamesNoReceipt() {
        client.sends("CONNECT\naccept-version:7\nreceipt:1\n\n^@")
                .received()
                .sent(ERROR)
                .without("receipt-id");
    }

    @Test
    @StompItem({5, 82})
    void namesAndBodiesMayBeAnyUnicode() {
        client.connect("1.2")
                .sends("SUBSCRIBE\nid:\uD83D\uDC20\ndestination:/topic/größe\n\n^@"
                        + "SEND\ndestination:/topic/größe\ncontent-length:4\n\n\uD83D\uDC20^@")
                .received()
                .sent(MESSAGE, "subscription:\uD83D\uDC20", "destination:/topic/größe")
                .withBody("\uD83D\uDC20");
    }

    @Test
    @StompItem(79)
    void heartBeatsBeforeConnectAreNoFrames() {
        client.sends("\n")
                .sends("\r\n\n")
                .sends("CONNECT\naccept-version:1.2\n\n^@")
                .received()
                .sent(CONNECTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "CONNECT\naccept-version:1.2\n\n^@"})
    @StompItem({15, 24, 81})
    void clientMaySendOnlySoMuchBeforeConnected(String beginning) {
        var busy = queued.open();
        busy.sends(beginning);
        for (int i = 0; i < 10; i++) {
            busy.sends("\n".repeat(1_000));
        }
        executor.runAll();

        assertThat(busy.wire().frames()).extracting(Frame::command).endsWith(ERROR);
        assertThat(busy.wire().frames().stream().filter(frame -> frame.command() == ERROR))
                .hasSize(1);
        assertThat(busy.wire().text())
                .contains("Limit exceeded\\c what is sent before CONNECTED")
                .contains("10000 octets (setting stampede.limit.login-octets)");
        busy.received().closed(CloseReason.TOO_BIG);
        assertThat(queued.registry.all()).isEmpty();
        busy.wire().skipAll();
    }

    @Test
    @StompItem(15)
    void clientMaySendMoreAfterConnected() {
        client.connect("1.2");
        for (int i = 0; i < 20; i++) {
            client.sends("\n".repeat(1_000));
        }
        client.received().isOpen();
    }
}
