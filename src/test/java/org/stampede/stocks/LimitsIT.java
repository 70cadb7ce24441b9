package org.stampede.stocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.stampede.testing.StompSocket;
import org.stampede.testing.server.ServerProcess;

/** How much a client of a real server may send, and how often somebody may be there; and that its log keeps secrets. */
class LimitsIT {

    private static final Path LOG = Path.of("target/servers/limits.log");
    private static final int CONNECTIONS = 20;
    private static final int SESSIONS = 2;

    private static final ServerProcess SERVER = new ServerProcess(
            "limits",
            "-Xmx512m",
            "-Dstampede.limit.frames-per-second=20",
            "-Dstampede.limit.octets-per-second=2000",
            "-Dstampede.limit.connections-per-address=" + CONNECTIONS,
            "-Dstampede.limit.sessions-per-user=" + SESSIONS,
            "-Dstampede.login.delay=100");

    @BeforeAll
    static void start() throws IOException {
        Files.deleteIfExists(LOG);
        SERVER.start();
        SERVER.deploy(Path.of(System.getProperty("stampede.war")), "/");
    }

    @AfterAll
    static void end() {
        SERVER.close();
    }

    @Test
    void whoSendsTooManyFramesIsCutOff() {
        try (var client = StompSocket.connect(SERVER.endpoint("/"))) {
            client.text("BEGIN\ntransaction:t\n\n^@ABORT\ntransaction:t\n\n^@".repeat(150));
            isToldAndCutOff(client, "stampede.limit.frames-per-second");
        }
    }

    @Test
    void whoSendsTooManyOctetsIsCutOff() {
        try (var client = StompSocket.connect(SERVER.endpoint("/"))) {
            client.text("BEGIN\ntransaction:" + "t".repeat(7000) + "\n\n^@")
                    .text("BEGIN\ntransaction:" + "u".repeat(7000) + "\n\n^@")
                    .text("BEGIN\ntransaction:" + "v".repeat(7000) + "\n\n^@");
            isToldAndCutOff(client, "stampede.limit.octets-per-second");
        }
    }

    @Test
    void aUserHasSoManySessionsAndNoMore() {
        List<StompSocket> sessions = new ArrayList<>();
        try {
            for (int i = 0; i < SESSIONS; i++) {
                sessions.add(login(FirstDay.TRADERS_PASSCODE));
                assertThat(sessions.get(i).next().header("user-name")).contains("trader");
            }
            try (var another = login(FirstDay.TRADERS_PASSCODE)) {
                isToldAndCutOff(another, "stampede.limit.sessions-per-user");
            }
        } finally {
            sessions.forEach(StompSocket::close);
        }
    }

    @Test
    void anAddressHasSoManyConnectionsAndNoMore() {
        var connections = Stream.generate(() -> StompSocket.connect(SERVER.endpoint("/")))
                .limit(CONNECTIONS)
                .toList();
        try (var another = StompSocket.open(SERVER.endpoint("/"), "v12.stomp")) {
            assertThat(another.closeCode()).isEqualTo(1013);
        } finally {
            // The other tests need room.
            connections.forEach(LimitsIT::disconnect);
        }
    }

    private static void disconnect(StompSocket client) {
        client.text("DISCONNECT\nreceipt:bye\n\n^@").closeCode();
        client.close();
    }

    @Test
    void theLogTellsNoSecretsAndNoLinesOfClients() throws IOException {
        try (var guess = login("a-secret-guess")) {
            assertThat(guess.next().header("message")).contains("Login failed");
        }
        try (var forger = StompSocket.connect(SERVER.endpoint("/"))) {
            forger.text("SUBSCRIBE\nid:1\ndestination:/nowhere\\nSEVERE a forged line\n\n^@");
            assertThat(forger.closeCode()).isEqualTo(1002);
        }
        String log = Files.readString(LOG);
        assertThat(log).contains("Login failed").doesNotContain("a-secret-guess");
        assertThat(log.lines()).noneMatch(line -> line.startsWith("SEVERE a forged line"));
    }

    private static StompSocket login(String passcode) {
        return StompSocket.logIn(SERVER.endpoint("/"), "trader", passcode);
    }

    private static void isToldAndCutOff(StompSocket client, String limit) {
        assertThat(client.next().bodyText()).contains(limit);
        assertThat(client.closeCode()).isEqualTo(1008);
    }
}
