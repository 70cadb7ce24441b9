package org.stampede.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.library.AccessProbe.hasReceipt;
import static org.stampede.library.AccessProbe.hasTheRightsOf;
import static org.stampede.library.AccessProbe.isNotLoggedIn;

import java.io.File;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stampede.library.tokens.TokenHolders;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.testing.StompSocket;
import org.stampede.testing.TokenIssuer;

/** Whoever has a JSON Web Token is its user in STOMP, until it ends: by CONNECT on every server, and by the handshake on some. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class JwtLoginIT {

    private static final TokenIssuer ISSUER = TokenIssuer.rsa();
    private static final String ANONYMOUS = "CONNECT\naccept-version:1.2\nhost:test\n\n^@";

    @Deployment(testable = false)
    static WebArchive chat() {
        return ChatArchive.withSettings(
                        "tokens.war",
                        "mp.jwt.verify.issuer=" + TokenIssuer.NAME,
                        "mp.jwt.verify.publickey=" + ISSUER.pem().replaceAll("\\s*\n", "\\\\n"))
                .addPackage(TokenHolders.class.getPackage())
                .addAsLibraries(new File(System.getProperty("jose4j.jar")), new File(System.getProperty("slf4j.jar")));
    }

    private final URI server =
            URI.create("ws://localhost:" + System.getProperty("stampede.http.port") + "/tokens/stomp");

    private StompSocket connect(String header) {
        return StompSocket.open(server, "v12.stomp")
                .text("CONNECT\naccept-version:1.2\nhost:test\n" + header + "\n\n^@");
    }

    private StompSocket connectByHttp(String token) {
        return StompSocket.openWith(Map.of("Authorization", "Bearer " + token), server)
                .text(ANONYMOUS);
    }

    @Test
    void aTokenInConnectGivesUserAndRoles() {
        try (var ann = connect("Authorization:Bearer " + ISSUER.token("ann", 60, "moderator", "member"));
                var bob = connect("passcode:" + ISSUER.token("bob", 60, "member"))) {
            hasTheRightsOf(ann, "ann", true);
            hasTheRightsOf(bob, "bob", false);
        }
    }

    @Test
    void whatIsNotSignedByTheIssuerOrTooOldIsRefused() {
        var foreign = new HashMap<>(TokenIssuer.claims("ann", 60));
        foreign.put("iss", "https://evil.example");
        for (String token : new String[] {
            TokenIssuer.rsa().token("ann", 60), ISSUER.token(foreign), ISSUER.token("ann", -1), "x.y.z"
        }) {
            try (var client = connect("passcode:" + token)) {
                isNotLoggedIn(client);
            }
        }
    }

    @Test
    void deliveryEndsWithTheToken() {
        try (var ann = connect("passcode:" + ISSUER.token("ann", 4));
                var speaker = StompSocket.connect(server)) {
            assertThat(ann.next().header("expires")).isPresent();
            ann.text("SUBSCRIBE\nid:0\nreceipt:s\ndestination:/topic/room.late\n\n^@");
            hasReceipt(ann, "s");
            speaker.text("SEND\ndestination:/app/room.late\n\n{\"text\":\"early\"}^@");
            assertThat(ann.next().bodyText()).contains("early");
            Frame last = ann.next();
            assertThat(last.command()).isEqualTo(Command.ERROR);
            assertThat(last.header("message")).contains("Login expired");
            assertThat(ann.closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void aNewTokenLetsTheSessionGoOn() {
        try (var ann = connect("passcode:" + ISSUER.token("ann", 4))) {
            assertThat(ann.next().header("user-name")).contains("ann");
            ann.text("SEND\ndestination:/stampede/login\nreceipt:n\npasscode:" + ISSUER.token("ann", 60) + "\n\n^@");
            hasReceipt(ann, "n");
            Awaitility.await().during(Duration.ofSeconds(6)).until(() -> ann.isSilentUpToReceipt("alive"));
            ann.text("SEND\ndestination:/stampede/login\nreceipt:o\npasscode:" + ISSUER.token("bob", 60) + "\n\n^@");
            isNotLoggedIn(ann);
        }
    }

    @Test
    @DisabledIfSystemProperty(
            named = "stampede.server",
            matches = "liberty",
            disabledReason = "Open Liberty as tested, with the Web Profile, has no MicroProfile JWT.")
    void aTokenOfTheHandshakeGivesUserAndRolesUntilItEnds() {
        try (var ann = connectByHttp(ISSUER.token("ann", 4, "moderator"));
                var bob = connectByHttp(ISSUER.token("bob", 60, "member"))) {
            hasTheRightsOf(ann, "ann", true);
            hasTheRightsOf(bob, "bob", false);
            assertThat(ann.next().header("message")).contains("Login expired");
            assertThat(ann.closeCode()).isEqualTo(1008);
        }
    }
}
