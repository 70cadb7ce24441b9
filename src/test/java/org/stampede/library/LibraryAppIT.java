package org.stampede.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stampede.stomp.Command;
import org.stampede.testing.StompSocket;

/** Another application gets endpoint, broker and handlers by one jar in its {@code WEB-INF/lib}, without a beans.xml. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class LibraryAppIT {

    @Deployment(testable = false)
    static WebArchive chat() {
        return ChatArchive.withoutBeansXml("chat.war");
    }

    private final URI server = URI.create("ws://localhost:" + System.getProperty("stampede.http.port") + "/chat/stomp");

    @Test
    void itsHandlersAnswer() {
        try (var client = StompSocket.connect(server)) {
            ChatConversation.saySomething(client, "hall");
        }
    }

    @Test
    void whatItsConstraintsForbidIsToldToTheSender() {
        try (var client = StompSocket.connect(server)) {
            client.text("SUBSCRIBE\nid:errors\ndestination:/user/queue/errors\n\n^@")
                    .text("SEND\ndestination:/app/room.hall\n\n{\"text\":\" \"}^@");
            assertThat(client.next().bodyText()).contains("\"text\"").contains("422");
        }
    }

    @Test
    void itsBrokerKeepsWhatNobodyHasFetched() {
        try (var client = StompSocket.connect(server)) {
            client.text("SEND\ndestination:/queue/jobs\nreceipt:kept\n\nwork^@");
            assertThat(client.next().command()).isEqualTo(Command.RECEIPT);
            client.text("SUBSCRIBE\nid:jobs\ndestination:/queue/jobs\n\n^@");
            assertThat(client.next().bodyText()).isEqualTo("work");
        }
    }

    @Test
    void nothingOfTheSampleIsThere() {
        try (var client = StompSocket.connect(server)) {
            client.text("SUBSCRIBE\nid:0\ndestination:/topic/trades\n\n^@")
                    .text("SUBSCRIBE\nid:1\ndestination:/topic/price.stock.*\n\n^@")
                    .text("SEND\ndestination:/queue/trade\n\n{\"action\":\"BUY\",\"ticker\":\"MMM\",\"shares\":4}^@");
            assertThat(client.isSilentUpToReceipt("end")).isTrue();
        }
    }
}
