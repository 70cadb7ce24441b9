package org.stampede.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.library.AccessProbe.isDenied;

import java.net.URI;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stampede.library.accounts.Accounts;
import org.stampede.library.pages.SessionPage;
import org.stampede.testing.StompSocket;

/** Who is known by the cookies of his HTTP session: only pages of that session may use it, and its end is that of its sockets. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class HttpSessionIT {

    @Deployment(testable = false)
    static WebArchive chat() {
        return ChatArchive.withSettings("pages.war", "stampede.csrf=require")
                .addPackage(Accounts.class.getPackage())
                .addPackage(SessionPage.class.getPackage())
                .addClass(BasicLogin.class);
    }

    private final URI application =
            URI.create("http://localhost:" + System.getProperty("stampede.http.port") + "/pages");

    private HttpVisit visit(String user) {
        return new HttpVisit(application, user);
    }

    private static void isLoggedIn(StompSocket client, String user) {
        assertThat(client.next().header("user-name")).contains(user);
        assertThat(client.isSilentUpToReceipt("here")).isTrue();
    }

    @Test
    void onlyWhoKnowsTheTokenOfTheSessionMayUseIt() {
        var ann = visit("ann");
        String token = ann.ask("GET");
        assertThat(token).startsWith("X-CSRF-TOKEN:").hasSizeGreaterThan(40).isEqualTo(ann.ask("GET"));
        String ofAnother = visit("ann").ask("GET");
        assertThat(ofAnother).isNotEqualTo(token);
        for (String wrong : List.of("x:y", "X-CSRF-TOKEN:", "X-CSRF-TOKEN:x", ofAnother, token + "x")) {
            try (var page = ann.connect(wrong)) {
                isDenied(page);
            }
        }
        try (var page = ann.connect(token)) {
            isLoggedIn(page, "ann");
        }
    }

    @Test
    void whoHasNoSessionHasNoToken() {
        try (var page = visit("ann").connect("X-CSRF-TOKEN:")) {
            isDenied(page);
        }
    }

    @Test
    void whoIsNotKnownByHttpNeedsNoToken() {
        try (var stranger =
                        StompSocket.connect(URI.create(application.toString().replaceFirst("http", "ws") + "/stomp"));
                var bob = visit("ann").connect("login:bob\npasscode:secret of bob")) {
            assertThat(stranger.isSilentUpToReceipt("here")).isTrue();
            isLoggedIn(bob, "bob");
        }
    }

    @Test
    void theEndOfTheSessionIsThatOfItsSockets() {
        var ann = visit("ann");
        var elsewhere = visit("ann");
        try (var one = ann.connect(ann.ask("GET"));
                var two = ann.connect(ann.ask("GET"));
                var other = elsewhere.connect(elsewhere.ask("GET"))) {
            isLoggedIn(one, "ann");
            isLoggedIn(two, "ann");
            isLoggedIn(other, "ann");
            ann.ask("DELETE");
            assertThat(one.closeCode()).isEqualTo(1008);
            assertThat(two.closeCode()).isEqualTo(1008);
            assertThat(other.isSilentUpToReceipt("on")).isTrue();
        }
    }

    @Test
    void aLogoutThatKeepsTheSessionMayEndAllSocketsOfTheUser() {
        var bob = visit("bob");
        try (var page = bob.connect(bob.ask("GET"))) {
            isLoggedIn(page, "bob");
            bob.ask("POST");
            assertThat(page.closeCode()).isEqualTo(1008);
        }
    }
}
