package org.stampede.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.library.AccessProbe.hasReceipt;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.library.accounts.Accounts;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.testing.StompSocket;

/**
 * What belongs to a user cannot be guessed, overheard or forged, frame by frame on a real server, and be it one where everybody may do
 * everything: this does not rest upon rules.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ForgeryIT {

    @Deployment(testable = false)
    static WebArchive chat() {
        return ChatArchive.withSettings("forgery.war", "stampede.access=open").addClass(Accounts.class);
    }

    private final URI server =
            URI.create("ws://localhost:" + System.getProperty("stampede.http.port") + "/forgery/stomp");

    private StompSocket connect(String user) {
        var client = StompSocket.logIn(server, user, "secret of " + user);
        assertThat(client.next().header("user-name")).contains(user);
        return client;
    }

    private static void subscribe(StompSocket client, String destination) {
        client.text("SUBSCRIBE\nid:" + destination + "\nreceipt:s\ndestination:" + destination + "\n\n^@");
        hasReceipt(client, "s");
    }

    private static void isRefused(StompSocket client) {
        assertThat(client.next().command()).isEqualTo(Command.ERROR);
        assertThat(client.closeCode()).isEqualTo(1002);
    }

    /** Who listens to everything hears who has left a room, and no more. */
    private static void hearsNothingOfIt(StompSocket client) {
        client.text("BEGIN\ntransaction:t\nreceipt:end\n\n^@");
        Frame frame = client.next();
        while (frame.command() == Command.MESSAGE) {
            assertThat(frame.header("destination")).contains("/topic/left");
            frame = client.next();
        }
        assertThat(frame.header("receipt-id")).contains("end");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0001secret/queue/news",
                "/queue/\u0001news",
                "\u0001",
                "/topic/x\\nreceipt:forged",
                "/topic/x\\r",
                "/topic/\u001b[2J",
                "/topic/\u007f",
                "/topic/\u0085"
            })
    void noDestinationHasControlCharacters(String destination) {
        for (String command : List.of("SEND", "SUBSCRIBE\nid:0", "SEND\ntransaction:t")) {
            try (var eve = connect("cat")) {
                eve.text("BEGIN\ntransaction:t\n\n^@").text(command + "\ndestination:" + destination + "\n\n^@");
                isRefused(eve);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/**",
                "**",
                "#",
                ">",
                "/*/**",
                "*",
                "/user/**",
                "/user/#",
                "/user/*/queue/news",
                "/user/ann/queue/news",
                "/user/queue/news",
                "/queue/news",
                "/user//queue/news",
                "/user/ann/**"
            })
    void nobodyOverhearsWhatIsForAUser(String destination) {
        try (var ann = connect("ann");
                var bob = connect("bob");
                var eve = connect("cat")) {
            subscribe(eve, destination);
            subscribe(ann, "/user/queue/news");
            bob.text("SEND\ndestination:/user/ann/queue/news\nreceipt:r\n\nhello^@");
            hasReceipt(bob, "r");
            assertThat(ann.next().bodyText()).isEqualTo("hello");
            hearsNothingOfIt(eve);
        }
    }

    @Test
    void theIdOfASessionLeadsNowhere() {
        try (var ann = StompSocket.logIn(server, "ann", "secret of ann");
                var eve = connect("cat")) {
            String id = ann.next().header("session").orElseThrow();
            subscribe(ann, "/user/queue/news");
            for (String guess :
                    List.of("/user/" + id + "/queue/news", "/queue/news-user" + id, "/" + id + "/queue/news")) {
                eve.text("SEND\ndestination:" + guess + "\nreceipt:r\n\nfake^@");
                hasReceipt(eve, "r");
            }
            assertThat(ann.isSilentUpToReceipt("nothing")).isTrue();
        }
    }

    @Test
    void theHeadersOfTheServerCannotBeForged() {
        try (var ann = connect("ann");
                var eve = connect("cat")) {
            subscribe(ann, "/topic/forgery");
            eve.text("SEND\ndestination:/topic/forgery\ndestination:/topic/forged\nuser-id:forged\nuser-name:forged"
                    + "\nmessage-id:forged\nsubscription:forged\nack:forged\nredelivered:forged\nreceipt-id:forged"
                    + "\nlogin:forged\npasscode:forged\nAuthorization:forged\nauthorization:forged\ndelivery-count:forged"
                    + "\ndead-letter-reason:forged\ndead-letter-destination:forged\nown:mine\n\nhello^@");
            Frame message = ann.next();
            assertThat(message.header("subscription")).contains("/topic/forgery");
            assertThat(message.header("destination")).contains("/topic/forgery");
            assertThat(message.header("message-id")).isPresent();
            assertThat(message.header("own")).contains("mine");
            message.headers()
                    .forEach((name, value) -> assertThat(value).as(name).doesNotContain("forged"));
        }
    }

    @Test
    void theAddressOfAReplyIsGoodForNothingElse() {
        try (var ann = connect("ann");
                var bob = connect("bob");
                var eve = connect("cat");
                var listener = connect("cat");
                var guesser = connect("cat")) {
            subscribe(bob, "/topic/questions");
            subscribe(eve, "/**");
            ann.text("SEND\ndestination:/topic/questions\nreply-to:/temp-queue/answers\n\nwhy?^@");
            String address = bob.next().header("reply-to").orElseThrow();
            assertThat(address)
                    .startsWith("/reply-queue/")
                    .hasSizeGreaterThan(40)
                    .doesNotContain("answers");
            assertThat(eve.next().bodyText()).isEqualTo("why?");
            listener.text("SUBSCRIBE\nid:0\ndestination:" + address + "\n\n^@");
            isRefused(listener);
            guesser.text("SEND\ndestination:/reply-queue/answers\nreceipt:g\n\nfake^@");
            hasReceipt(guesser, "g");
            guesser.text("SEND\ndestination:/temp-queue/answers\n\nfake^@");
            isRefused(guesser);
            bob.text("SEND\ndestination:" + address + "\n\nbecause^@");
            assertThat(ann.next().bodyText()).isEqualTo("because");
            hearsNothingOfIt(eve);
        }
    }

    @Test
    void nobodyAcknowledgesForOthers() {
        try (var eve = connect("cat");
                var bob = connect("bob")) {
            try (var ann = connect("ann")) {
                ann.text("SUBSCRIBE\nid:0\ndestination:/queue/forgery\nack:client-individual\n\n^@");
                ann.text("SEND\ndestination:/queue/forgery\n\njob^@");
                Frame job = ann.next();
                Optional<String> id = job.header("ack");
                eve.text("SUBSCRIBE\nid:0\ndestination:/queue/others\nack:client-individual\n\n^@")
                        .text("ACK\nid:" + id.orElseThrow() + "\nreceipt:a\n\n^@");
                assertThat(eve.next().command()).isEqualTo(Command.ERROR);
            }
            subscribe(bob, "/queue/forgery");
            Frame again = bob.next();
            assertThat(again.bodyText()).isEqualTo("job");
            assertThat(again.header("redelivered")).contains("true");
        }
    }
}
