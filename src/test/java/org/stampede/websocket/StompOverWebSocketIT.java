package org.stampede.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.testing.OpenAccess;
import org.stampede.testing.RawHandshake;
import org.stampede.testing.StompItem;
import org.stampede.testing.StompSocket;

/** The WAR as it is built, but open to all, on a real server, spoken to octet by octet. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class StompOverWebSocketIT {

    /** Of a message that does not end; so many of them are never taken. */
    private static final String PIECE = "y".repeat(16 * 1024);

    private static final int MOST_PIECES = 10_000;

    @Deployment(testable = false)
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("stampede.war")))
                .addClass(OpenAccess.class);
    }

    /** Known by its settings: the adapter cannot tell where an archive without servlets is. */
    private final URI server =
            URI.create("ws://localhost:" + System.getProperty("stampede.http.port") + "/stampede/stomp");

    @Test
    @StompItem(78)
    void theNewestSubprotocolOnOfferIsChosenWhateverTheOrder() {
        try (var client = StompSocket.open(server, "v10.stomp", "v11.stomp", "v12.stomp")) {
            assertThat(client.subprotocol()).isEqualTo("v12.stomp");
        }
    }

    @Test
    void noCompressionIsAgreedUponWhoeverOffersIt() {
        String host = server.getHost() + ":" + server.getPort();
        List<String> answer = RawHandshake.answer(server, host, "Sec-WebSocket-Extensions: permessage-deflate");
        assertThat(answer.get(0)).contains(" 101");
        assertThat(answer).noneMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-extensions"));
    }

    @Test
    @StompItem({78, 80})
    void theVersionIsThatOfConnectedAndNotOfTheSubprotocol() {
        try (var client = StompSocket.open(server, "v10.stomp")) {
            client.text("CONNECT\naccept-version:1.1,1.2\nhost:x\n\n^@");
            assertThat(client.next().header("version")).contains("1.2");
            assertThat(client.subprotocol()).isEqualTo("v10.stomp");
        }
    }

    @Test
    @StompItem(78)
    void noSubprotocolIsNeeded() {
        try (var client = StompSocket.connect(server)) {
            assertThat(client.isSilentUpToReceipt("here")).isTrue();
        }
    }

    @Test
    @StompItem({3, 79})
    void aFrameMayComeInManyMessagesAndManyFramesInOne() {
        try (var client = StompSocket.open(server)) {
            client.text("\nCONN")
                    .text("ECT\naccept-ver")
                    .text("sion:1.2\nhost:x\n")
                    .text("\n")
                    .text("^@");
            assertThat(client.next().command()).isEqualTo(Command.CONNECTED);
            client.text(
                    "\n\nSUBSCRIBE\nid:1\ndestination:/topic/glued\nreceipt:r1\n\n^@\nSEND\ndestination:/topic/glued\n\none^@"
                            + "SEND\ndestination:/topic/glued\nreceipt:r2\n\ntwo^@\n");
            assertThat(client.next().header("receipt-id")).contains("r1");
            assertThat(client.next().bodyText()).isEqualTo("one");
            assertThat(client.next().bodyText()).isEqualTo("two");
            assertThat(client.next().header("receipt-id")).contains("r2");
        }
    }

    @Test
    void aMessageMayComeInFragments() {
        try (var client = StompSocket.connect(server)) {
            client.text("SUBSCRIBE\nid:1\ndestination:/topic/fragments\n\n^@");
            client.fragment("SEND\ndestination:/topic/fra", false)
                    .fragment("gments\n\nwhole", false)
                    .fragment("^@", true);
            assertThat(client.next().bodyText()).isEqualTo("whole");
        }
    }

    @Test
    @StompItem({17, 18, 82})
    void contentLengthCountsOctetsAndBodiesMayHoldNul() {
        String body = "€ \uD83E\uDD9B \0 end";
        int octets = body.getBytes(StandardCharsets.UTF_8).length;
        try (var client = StompSocket.connect(server)) {
            client.text("SUBSCRIBE\nid:1\ndestination:/topic/octets\n\n^@");
            client.text("SEND\ndestination:/topic/octets\ncontent-length:" + octets + "\n\n" + body + "^@");
            Frame message = client.next();
            assertThat(message.bodyText()).isEqualTo(body);
            assertThat(message.header("content-length")).contains(String.valueOf(octets));
        }
    }

    @Test
    @StompItem({79, 82})
    void theAnswerIsOfTheKindThatTheClientUses() {
        try (var client = StompSocket.open(server)) {
            client.binary(wire("CONNECT\naccept-version:1.2\nhost:x\n\n^@"));
            assertThat(client.nextReceived().text()).isFalse();
            client.text("BEGIN\ntransaction:t\nreceipt:r\n\n^@");
            assertThat(client.nextReceived().text()).isTrue();
        }
    }

    @Test
    @StompItem(82)
    void aBodyThatIsNoTextComesAsBinaryMessageToAnybody() {
        try (var texting = StompSocket.connect(server);
                var sending = StompSocket.connect(server)) {
            texting.text("SUBSCRIBE\nid:1\ndestination:/topic/octets2\nreceipt:r\n\n^@")
                    .next();
            sending.binary(octetsFrame());
            var received = texting.nextReceived();
            assertThat(received.text()).isFalse();
            assertThat(received.frame().bodyBytes()).isEqualTo(new byte[] {(byte) 0xC3, 0x28, 0, (byte) 0xFF});
        }
    }

    @Test
    @StompItem({9, 82})
    void aBinaryMessageIsReadInTheVersionThatATextMessageAgreedUpon() {
        try (var client = StompSocket.open(server)) {
            client.text("CONNECT\naccept-version:1.0\n\n^@").next();
            client.text("SUBSCRIBE\nid:1\ndestination:/topic/kinds\n\n^@");
            client.binary(wire("SEND\ndestination: /topic/kinds\nx:a\\nb\n\nhello^@"));
            assertThat(client.next().header("x")).contains("a\\nb");
        }
    }

    private static byte[] octetsFrame() {
        var out = new ByteArrayOutputStream();
        out.writeBytes(wire("SEND\ndestination:/topic/octets2\ncontent-length:4\n\n"));
        out.writeBytes(new byte[] {(byte) 0xC3, 0x28, 0, (byte) 0xFF, 0});
        return out.toByteArray();
    }

    private static byte[] wire(String text) {
        return text.replace("^@", "\0").getBytes(StandardCharsets.UTF_8);
    }

    @Test
    @StompItem({24, 75, 81})
    void aFrameBeforeConnectIsRefusedWithErrorAndClose1002() {
        try (var client = StompSocket.open(server)) {
            client.text("SEND\ndestination:/topic/x\n\nhi^@");
            Frame error = client.next();
            assertThat(error.command()).isEqualTo(Command.ERROR);
            assertThat(error.header("message")).contains("Not connected");
            assertThat(client.closeCode()).isEqualTo(1002);
        }
    }

    @Test
    @StompItem({65, 67, 81})
    void disconnectIsAnsweredByItsReceiptAndClose1000() {
        try (var client = StompSocket.connect(server)) {
            client.text("DISCONNECT\nreceipt:close-1\n\n^@");
            assertThat(client.next()).isEqualTo(Frame.of(Command.RECEIPT, "receipt-id", "close-1"));
            assertThat(client.closeCode()).isEqualTo(1000);
        }
    }

    @Test
    @StompItem({65, 81})
    void disconnectWithoutReceiptClosesWith1000() {
        try (var client = StompSocket.connect(server)) {
            client.text("DISCONNECT\n\n^@");
            assertThat(client.closeCode()).isEqualTo(1000);
        }
    }

    @Test
    @StompItem({15, 81})
    void aBodyOverTheLimitGetsAnErrorThatNamesItAndClose1009() {
        try (var client = StompSocket.connect(server)) {
            client.text("SEND\ndestination:/topic/x\n\n" + "x".repeat(1024 * 1024 + 1) + "^@");
            Frame error = client.next();
            assertThat(error.bodyText()).contains("1048576 octets").contains("stampede.limit.body");
            assertThat(client.closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void aBodyAtTheLimitPasses() {
        try (var client = StompSocket.connect(server)) {
            client.text("SUBSCRIBE\nid:1\ndestination:/topic/large\n\n^@");
            client.text("SEND\ndestination:/topic/large\n\n" + "x".repeat(1024 * 1024) + "^@");
            assertThat(client.next().bodyLength()).isEqualTo(1024 * 1024);
        }
    }

    @Test
    @StompItem({15, 81})
    void aFloodBeforeConnectIsCutOffEarly() {
        try (var client = StompSocket.open(server)) {
            client.text("CONNECT\naccept-version:1.2\nx:" + "y".repeat(9_000) + "\nz:" + "y".repeat(9_000));
            assertThat(client.next().bodyText()).contains("stampede.limit.login-octets");
            assertThat(client.closeCode()).isEqualTo(1009);
        }
    }

    @Test
    @StompItem({15, 81})
    void aTextWithoutEndIsCutOffBeforeItIsThere() {
        try (var texting = StompSocket.open(server)) {
            assertThat(texting.fragmentUntilStuck("CONNECT\nx:" + PIECE, MOST_PIECES))
                    .isLessThan(MOST_PIECES);
            isToldOrCutOff(texting, "stampede.limit");
        }
    }

    @Test
    @StompItem({15, 81})
    void octetsWithoutEndAreCutOffBeforeTheyAreThere() {
        try (var sending = StompSocket.open(server)) {
            assertThat(sending.fragmentUntilStuck(PIECE.getBytes(StandardCharsets.UTF_8), MOST_PIECES))
                    .isLessThan(MOST_PIECES);
            isToldOrCutOff(sending, "stampede.limit");
        }
    }

    @Test
    @StompItem({15, 81})
    void aFrameWithoutEndIsCutOffBeforeItIsThere() {
        try (var admitted = StompSocket.connect(server)) {
            admitted.text("SUBSCRIBE\nid:1\ndestination:/topic/x\n\n^@");
            assertThat(admitted.fragmentUntilStuck("SEND\ndestination:/topic/x\n\n" + PIECE, MOST_PIECES))
                    .isLessThan(MOST_PIECES);
            isToldOrCutOff(admitted, "stampede.limit.body");
        }
    }

    /** Who still sends when the server hangs up may lose what it said last: then TCP resets the connection. */
    private static void isToldOrCutOff(StompSocket client, String limit) {
        try {
            assertThat(client.next().bodyText()).contains(limit);
            assertThat(client.closeCode()).isIn(1009, 1006);
        } catch (CompletionException e) {
            assertThat(e).hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    @StompItem({35, 37, 38, 39, 79})
    void heartBeatsReallyCome() {
        try (var client = StompSocket.open(server)) {
            client.text("CONNECT\naccept-version:1.2\nhost:x\nheart-beat:0,1000\n\n^@");
            assertThat(client.next().header("heart-beat")).contains("10000,10000");
            Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> client.heartBeats() > 0);
        }
    }

    @Test
    @StompItem(33)
    void aClientThatNeverSendsConnectIsTurnedAway() {
        try (var client = StompSocket.open(server)) {
            assertThat(client.next().header("message")).contains("No CONNECT in time");
            assertThat(client.closeCode()).isEqualTo(1008);
        }
    }

    @Test
    @StompItem(34)
    void clientsThatComeAndGoQuicklyDoNoHarm() {
        for (int i = 0; i < 50; i++) {
            StompSocket.connect(server).abort();
        }
        try (var client = StompSocket.connect(server)) {
            assertThat(client.isSilentUpToReceipt("alive")).isTrue();
        }
    }

    @Test
    @StompItem(56)
    void whatADeadClientDidNotAcknowledgeGoesToAnother() {
        var dying = StompSocket.connect(server);
        dying.text("SUBSCRIBE\nid:1\ndestination:/queue/inherited\nack:client\n\n^@");
        dying.text("SEND\ndestination:/queue/inherited\n\nlegacy^@");
        assertThat(dying.next().bodyText()).isEqualTo("legacy");
        dying.abort();
        try (var heir = StompSocket.connect(server)) {
            heir.text("SUBSCRIBE\nid:1\ndestination:/queue/inherited\n\n^@");
            Frame message = heir.next();
            assertThat(message.bodyText()).isEqualTo("legacy");
            assertThat(message.header("redelivered")).contains("true");
        }
    }

    @Test
    void aClientThatDoesNotReadStallsNobodyAndIsLetGo() {
        String kilobytes = "x".repeat(64 * 1024);
        try (var stuck = StompSocket.connect(server);
                var witness = StompSocket.connect(server);
                var publisher = StompSocket.connect(server)) {
            stuck.text("SUBSCRIBE\nid:1\ndestination:/topic/flood\nreceipt:r\n\n^@")
                    .next();
            stuck.text("SUBSCRIBE\nid:2\ndestination:/queue/kept\nack:client\n\n^@");
            witness.text("SUBSCRIBE\nid:1\ndestination:/topic/flood\nreceipt:r\n\n^@")
                    .next();
            publisher.text("SEND\ndestination:/queue/kept\nreceipt:k\n\nkept^@").next();
            assertThat(stuck.next().bodyText()).isEqualTo("kept");
            stuck.stopReading();
            for (int i = 0; i < 400; i++) {
                publisher.text("SEND\ndestination:/topic/flood\nnumber:" + i + "\n\n" + kilobytes + "^@");
                assertThat(witness.next().header("number")).contains(String.valueOf(i));
            }
            witness.text("SUBSCRIBE\nid:2\ndestination:/queue/kept\n\n^@");
            assertThat(witness.next().bodyText()).isEqualTo("kept");
        }
    }
}
