package org.stampede.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.testing.StompSocket;

/** The access rules of an application on a real server, against clients who try more. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class LibraryAccessIT {

    @Deployment(testable = false)
    static WebArchive chat() {
        return ChatArchive.withoutBeansXml("guarded.war");
    }

    private final URI server =
            URI.create("ws://localhost:" + System.getProperty("stampede.http.port") + "/guarded/stomp");

    private static void isDenied(StompSocket client) {
        Frame error = client.next();
        assertThat(error.command()).isEqualTo(Command.ERROR);
        assertThat(error.header("message")).contains("Access denied");
        assertThat(error.bodyText()).isEqualTo("The access rules do not allow this.\n");
        assertThat(client.closeCode()).isEqualTo(1008);
    }

    @ParameterizedTest
    @CsvSource({
        "SUBSCRIBE, /topic/desk.ann",
        "SUBSCRIBE, /topic/desk.*",
        "SUBSCRIBE, /topic/staff.news",
        "SUBSCRIBE, /topic/**",
        "SUBSCRIBE, /**",
        "SUBSCRIBE, /topic.room.hall",
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

    @Test
    void whatIsAllowedWorksAsEver() {
        try (var client = StompSocket.connect(server)) {
            ChatConversation.saySomething(client, "guarded");
            client.text("SUBSCRIBE\nid:all\ndestination:/topic/room.*\nreceipt:s\n\n^@");
            assertThat(client.next().header("receipt-id")).contains("s");
        }
    }
}
