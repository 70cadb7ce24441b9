package org.stampede.stocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.stampede.session.Connection;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.testing.ForeignScript;
import org.stampede.testing.Ports;
import org.stampede.testing.TcpPeer;
import org.stampede.testing.server.ServerProcess;

/** The sample for clients over TCP: who they are, what they may, and what is left of them. */
class TcpListenerIT {

    private static final Path WAR = Path.of(System.getProperty("stampede.war"));
    private static final Path LOG = Path.of("target/servers/tcp.log");
    private static final int PORT = Ports.free();
    private static final String ORDER = "SEND\ndestination:/queue/trade\nreceipt:order\n\n"
            + "{\"action\":\"BUY\",\"ticker\":\"MMM\",\"shares\":44}^@";

    private static final ServerProcess SERVER = new ServerProcess(
            "tcp",
            "-Xmx512m",
            "-Dstampede.tcp.port=" + PORT,
            "-Dstampede.login.delay=100",
            "-Dstampede.connect-time=2000",
            "-Dstampede.outbox.write-time=2000");

    @BeforeAll
    static void start() throws IOException {
        Files.deleteIfExists(LOG);
        SERVER.start();
        SERVER.deploy(WAR, "/");
    }

    @AfterAll
    static void end() {
        SERVER.close();
    }

    private static TcpPeer signedIn(String login, String passcode) throws IOException {
        var peer = TcpPeer.open(PORT).logIn(login, passcode);
        assertThat(peer.next().header("user-name")).contains(login);
        return peer;
    }

    @Test
    void everybodySeesQuotes() throws Exception {
        try (var peer = TcpPeer.connect(PORT)) {
            peer.say("SUBSCRIBE\nid:q\ndestination:/topic/price.stock.MMM\n\n^@");
            Frame snapshot = peer.next();
            assertThat(snapshot.bodyText()).contains("\"ticker\":\"MMM\"");
            // One quote may be in the snapshot and come again, live.
            Frame live = peer.next();
            while (live.bodyText().equals(snapshot.bodyText())) {
                live = peer.next();
            }
            assertThat(live.bodyText()).contains("\"ticker\":\"MMM\"");
        }
    }

    /** The handler is a bean with transactions and a database: it has all that it has for browsers. */
    @Test
    void aTraderTrades() throws Exception {
        try (var peer = signedIn("trader", FirstDay.TRADERS_PASSCODE)) {
            peer.say("SUBSCRIBE\nid:t\ndestination:/user/queue/trades\n\n^@").say(ORDER);
            assertThat(peer.next().bodyText()).contains("\"shares\":44").contains("\"trader\":\"trader\"");
            assertThat(peer.next().header("receipt-id")).contains("order");
            peer.say("DISCONNECT\nreceipt:bye\n\n^@");
            assertThat(peer.next().header("receipt-id")).contains("bye");
            peer.awaitEnd();
        }
    }

    @Test
    void aGuestMayNot() throws Exception {
        try (var peer = signedIn("guest", FirstDay.GUESTS_PASSCODE)) {
            peer.say(ORDER);
            assertThat(peer.next().header("message")).contains("Access denied");
            peer.awaitEnd();
        }
        try (var stranger = TcpPeer.open(PORT).logIn("trader", "wrong")) {
            assertThat(stranger.next().header("message")).contains("Login failed");
            stranger.awaitEnd();
        }
    }

    @Test
    void whatIsNotStompIsToldSo() throws Exception {
        try (var browser = TcpPeer.open(PORT)) {
            browser.say("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(browser.next().command()).isEqualTo(Command.ERROR);
            browser.awaitEnd();
        }
        try (var half = TcpPeer.open(PORT)) {
            half.say("CONNECT\naccept-version:1.2\n");
            assertThat(half.next().header("message")).contains("No CONNECT in time");
            half.awaitEnd();
        }
    }

    @Test
    void whoTakesNothingIsLetGoAndStallsNobody() throws Exception {
        String receipt = "x".repeat(8_000);
        byte[] question = ("BEGIN\ntransaction:t\nreceipt:" + receipt + "\n\n\0ABORT\ntransaction:t\n\n\0").getBytes();
        try (var deaf = TcpPeer.open(PORT, 4096);
                var other = TcpPeer.connect(PORT)) {
            deaf.say("CONNECT\naccept-version:1.2\nhost:test\n\n^@");
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThatThrownBy(() -> {
                                for (int i = 0; i < 1_000; i++) {
                                    deaf.say(question);
                                }
                            })
                            .isInstanceOf(IOException.class));
            other.say("SUBSCRIBE\nid:q\ndestination:/topic/price.stock.MMM\n\n^@");
            assertThat(other.next().bodyText()).contains("MMM");
        }
    }

    @Test
    void clientsInOtherLanguagesAreUnderstood() throws Exception {
        assertThat(ForeignScript.python("trade.py").run("" + PORT)).isEqualTo("trader BUY 44 MMM\n");
        assertThat(ForeignScript.perl("quotes.pl").run("" + PORT))
                .startsWith("/topic/price.stock.MMM {")
                .contains("\"ticker\":\"MMM\"");
    }

    @Test
    void anApplicationWhosePortIsInUseIsNotDeployed() throws Exception {
        // Which says neither that the application has started nor that it has failed.
        Assumptions.assumeFalse("liberty".equals(System.getProperty("stampede.server")));
        try {
            SERVER.deploy(WAR, "/second");
        } catch (AssertionError e) {
            // Not every server says so.
        }
        assertThat(Files.readString(LOG))
                .contains("STOMP over TCP is not possible on localhost:" + PORT
                        + " (settings stampede.tcp.address, stampede.tcp.port): Address already in use");
        var page = HttpRequest.newBuilder(SERVER.page("/second/")).build();
        assertThat(HttpClient.newHttpClient()
                        .send(page, BodyHandlers.discarding())
                        .statusCode())
                .isNotEqualTo(200);
        TcpPeer.connect(PORT).close();
    }

    @Test
    void theEndOfTheApplicationFreesThePort() throws Exception {
        try (var peer = TcpPeer.connect(PORT)) {
            SERVER.undeploy("/");
            peer.awaitEnd();
        }
        assertThatThrownBy(() -> TcpPeer.open(PORT)).isInstanceOf(ConnectException.class);
        var memory = SERVER.memory();
        assertThat(memory.threads()).noneMatch(thread -> thread.contains("at io.netty."));
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(memory.instances())
                        .doesNotContainKeys(Connection.class.getName(), "io.netty.channel.nio.NioEventLoop"));
        SERVER.deploy(WAR, "/");
        everybodySeesQuotes();
    }
}
