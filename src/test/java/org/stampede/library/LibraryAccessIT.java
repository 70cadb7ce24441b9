package org.stampede.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.library.AccessProbe.hasReceipt;
import static org.stampede.library.AccessProbe.hasTheRightsOf;
import static org.stampede.library.AccessProbe.isDenied;
import static org.stampede.library.AccessProbe.isNotLoggedIn;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stampede.library.accounts.Accounts;
import org.stampede.stomp.Frame;
import org.stampede.testing.RawHandshake;
import org.stampede.testing.StompSocket;

/** The access rules of an application on a real server, against clients who try more. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class LibraryAccessIT {

    @Deployment(testable = false)
    static WebArchive chat() {
        return ChatArchive.withoutBeansXml("guarded.war").addPackage(Accounts.class.getPackage());
    }

    private final URI server =
            URI.create("ws://localhost:" + System.getProperty("stampede.http.port") + "/guarded/stomp");

    @ParameterizedTest
    @CsvSource({
        "SUBSCRIBE, /topic/desk.ann",
        "SUBSCRIBE, /topic/desk.*",
        "SUBSCRIBE, /topic/staff.news",
        "SUBSCRIBE, /topic/**",
        "SUBSCRIBE, /**",
        "SUBSCRIBE, /queue/other",
        "SUBSCRIBE, /queue/DLQ",
        "SEND, /topic/room.hall",
        "SEND, /app/close.hall",
        "SEND, /app/room.hall.x",
        "SEND, /user/ann/queue/said",
        "SEND, /queue/a/b"
    })
    void whoTriesMoreThanTheRulesAllowIsSentAway(String command, String destination) {
        try (var client = StompSocket.connect(server)) {
            client.text(command + "\nid:0\nreceipt:r\ndestination:" + destination + "\n\n^@");
            isDenied(client);
        }
    }

    private StompSocket connect(String headers) {
        var client = StompSocket.open(server, "v12.stomp");
        return client.text("CONNECT\naccept-version:1.2\nhost:test\n" + headers + "\n^@");
    }

    @Test
    void whoLogsInByConnectHasHisRights() {
        try (var ann = connect("login:ann\npasscode:secret of ann\n");
                var bob = connect("login:bob\npasscode:secret of bob\n");
                var eve = connect("Authorization:Bearer token of eve\n")) {
            hasTheRightsOf(ann, "ann", true);
            hasTheRightsOf(bob, "bob", false);
            hasTheRightsOf(eve, "eve", true);
        }
    }

    @Test
    void rolesThatAHandlerDemandsAreThoseOfTheStompUser() {
        try (var bob = connect("login:bob\npasscode:secret of bob\n");
                var stranger = connect("")) {
            assertThat(bob.next().header("user-name")).contains("bob");
            bob.text("SUBSCRIBE\nid:0\ndestination:/user/queue/reply\n\n^@");
            bob.text("SUBSCRIBE\nid:1\ndestination:/user/queue/errors\n\n^@");
            bob.text("SEND\ndestination:/app/members.hello\n\nhi^@");
            assertThat(bob.next().bodyText()).isEqualTo("hello member bob");
            stranger.next();
            stranger.text("SUBSCRIBE\nid:0\ndestination:/user/queue/errors\n\n^@");
            stranger.text("SEND\ndestination:/app/members.hello\nreceipt:r\n\nhi^@");
            assertThat(stranger.next().bodyText()).contains("\"status\":403").contains("\"receipt-id\":\"r\"");
            bob.text("SEND\ndestination:/app/members.remove\n\nx^@");
            assertThat(bob.next().bodyText()).contains("\"status\":403");
        }
    }

    @Test
    void presenceIsToldOncePerUserAndAModeratorMayEndAllHisSessions() {
        try (var ann = connect("login:ann\npasscode:secret of ann\n")) {
            ann.next();
            ann.text("SUBSCRIBE\nid:0\ndestination:/topic/door.cat\n\n^@")
                    .text("SUBSCRIBE\nid:1\nreceipt:s\ndestination:/topic/door.expelled\n\n^@");
            hasReceipt(ann, "s");
            try (var home = connect("login:cat\npasscode:secret of cat\n");
                    var work = connect("login:cat\npasscode:secret of cat\n")) {
                home.next();
                work.next();
                assertThat(ann.next().bodyText()).isEqualTo("cat is here");
                ann.text("SEND\ndestination:/app/members.expel\n\ncat^@");
                assertThat(List.of(ann.next().bodyText(), ann.next().bodyText()))
                        .containsExactlyInAnyOrder("2 sessions of cat expelled", "cat has left");
                assertThat(home.next().header("message")).contains("Mind your manners.");
                assertThat(work.closeCode()).isEqualTo(1008);
            }
        }
    }

    /** Servers differ in how they refuse: 403, or 404. */
    @ParameterizedTest
    @CsvSource({
        "https://evil.example, 0",
        "http://localhost.evil.example, 0",
        "http://evil.example, 0",
        "http://localhost:1, 0",
        "null, 0",
        "file://, 0",
        "http://localhost:PORT, 101",
        ", 101"
    })
    void onlyItsOwnPagesMayConnectAndProgramsWithoutOrigin(String origin, int expected) {
        String host = "localhost:" + server.getPort();
        var headers = origin == null
                ? new String[0]
                : new String[] {
                    "Origin: " + origin.replace("PORT", String.valueOf(server.getPort())),
                    "X-Forwarded-Host: " + origin.replaceFirst("^.*//", "")
                };
        int status = RawHandshake.status(server, host, headers);
        if (expected == 0) {
            assertThat(status).isIn(403, 404);
        } else {
            assertThat(status).isEqualTo(expected);
        }
    }

    @Test
    void aSessionEndsWithItsLogin() {
        try (var eve = connect("passcode:short token of eve\n")) {
            assertThat(eve.next().header("expires")).isPresent();
            eve.text("SUBSCRIBE\nid:0\nreceipt:s\ndestination:/topic/staff.news\n\n^@");
            hasReceipt(eve, "s");
            assertThat(eve.next().header("message")).contains("Login expired");
            assertThat(eve.closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void aNewLoginLetsASessionGoOnAndMayCostSubscriptions() {
        try (var eve = connect("passcode:short token of eve\n")) {
            eve.next();
            eve.text("SUBSCRIBE\nid:0\ndestination:/topic/staff.news\n\n^@");
            eve.text("SUBSCRIBE\nid:1\ndestination:/user/queue/errors\n\n^@");
            eve.text("SEND\ndestination:/stampede/login\npasscode:poor token of eve\nreceipt:n\n\n^@");
            Frame notice = eve.next();
            assertThat(notice.bodyText()).contains("subscription-ended", "\"destination\":\"/topic/staff.news\"");
            hasReceipt(eve, "n");
            Awaitility.await().during(Duration.ofSeconds(5)).until(() -> eve.isSilentUpToReceipt("alive"));
        }
    }

    /** One test, since failures are counted by address. */
    @Test
    void whoGuessesIsToldNothingAndSlowedDown() {
        for (String wrong : List.of("login:ann\npasscode:x\n", "login:nobody\npasscode:x\n", "passcode:x\n")) {
            long begin = System.nanoTime();
            try (var client = connect(wrong)) {
                isNotLoggedIn(client);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(900));
        }
    }

    @Test
    void whatIsAllowedWorksAsEver() {
        try (var client = StompSocket.connect(server)) {
            ChatConversation.saySomething(client, "guarded");
            client.text("SUBSCRIBE\nid:all\ndestination:/topic/room.*\nreceipt:s\n\n^@");
            hasReceipt(client, "s");
        }
    }
}
