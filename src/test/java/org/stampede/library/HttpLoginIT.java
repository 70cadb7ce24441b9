package org.stampede.library;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.library.AccessProbe.hasTheRightsOf;

import java.net.URI;
import java.util.Base64;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stampede.library.accounts.Accounts;
import org.stampede.testing.StompSocket;

/** Whoever logged in by HTTP at the handshake is that user in STOMP, with his roles. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class HttpLoginIT {

    @Deployment(testable = false)
    static WebArchive chat() {
        return ChatArchive.withRoles("login.war")
                .addPackage(Accounts.class.getPackage())
                .addClass(BasicLogin.class);
    }

    private final URI server =
            URI.create("ws://localhost:" + System.getProperty("stampede.http.port") + "/login/stomp");

    private StompSocket connectByHttp(String user, String password) {
        String basic = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
        return StompSocket.openWith(Map.of("Authorization", "Basic " + basic), server)
                .text("CONNECT\naccept-version:1.2\nhost:test\n\n^@");
    }

    @Test
    void whoLogsInByHttpHasHisRights() {
        try (var ann = connectByHttp("ann", "secret of ann");
                var bob = connectByHttp("bob", "secret of bob")) {
            hasTheRightsOf(ann, "ann", true);
            hasTheRightsOf(bob, "bob", false);
        }
    }

    @Test
    void connectCountsMoreThanTheHandshake() {
        String basic = Base64.getEncoder().encodeToString("ann:secret of ann".getBytes(UTF_8));
        try (var client = StompSocket.openWith(Map.of("Authorization", "Basic " + basic), server)) {
            client.logIn("bob", "secret of bob");
            hasTheRightsOf(client, "bob", false);
        }
    }

    @Test
    void handlersSeeTheRolesOfTheHttpUser() {
        try (var bob = connectByHttp("bob", "secret of bob")) {
            assertThat(bob.next().header("user-name")).contains("bob");
            bob.text("SUBSCRIBE\nid:0\ndestination:/user/queue/reply\n\n^@");
            bob.text("SUBSCRIBE\nid:1\ndestination:/user/queue/errors\n\n^@");
            bob.text("SEND\ndestination:/app/members.hello\n\nhi^@");
            assertThat(bob.next().bodyText()).isEqualTo("hello member bob");
            bob.text("SEND\ndestination:/app/members.remove\n\nx^@");
            assertThat(bob.next().bodyText()).contains("\"status\":403");
        }
    }
}
