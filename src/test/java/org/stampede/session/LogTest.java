package org.stampede.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.ERROR;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stampede.dispatch.RecordedLog;
import org.stampede.security.Peer;
import org.stampede.stomp.Frame;

/** What the log says of sessions: nothing that a client could forge, and no secret. */
class LogTest {

    /** Lets the client say why it is refused. */
    private static final Interception ECHO = new Interception() {
        @Override
        public Frame inbound(Frame frame, Peer peer) {
            frame.header("why").ifPresent(why -> {
                throw new PolicyException(why, "As you say.");
            });
            return frame;
        }

        @Override
        public Optional<Frame> outbound(Frame frame, Peer peer) {
            return Optional.of(frame);
        }
    };

    @RegisterExtension
    final TestServer server = TestServer.intercepting(ECHO);

    @Test
    void noLineCanBeForged() {
        try (var log = new RecordedLog(StompSession.class)) {
            var client = server.connect("1.2").sends("SEND\nwhy:x\\nSEVERE all is lost\ndestination:/topic/a\n\n^@");
            client.received().sent(ERROR);
            assertThat(log.records()).hasSize(1);
            assertThat(log.records().get(0).getMessage())
                    .endsWith("ends with ERROR: \"x\\u000aSEVERE all is lost\"")
                    .doesNotContain("\n");
        }
    }

    @Test
    void theReasonOfTheApplicationIsQuotedAsWell() {
        var client = server.connect("1.2");
        try (var log = new RecordedLog(StompSession.class)) {
            server.registry.all().forEach(session -> session.disconnect().accept("gone\nSEVERE"));
            client.received().sent(ERROR);
            assertThat(log.records()).hasSize(1);
            assertThat(log.records().get(0).getMessage()).endsWith("by the application: \"gone\\u000aSEVERE\"");
        }
    }

    @Test
    void noSecretOfAConnectIsLogged() {
        try (var log = new RecordedLog(StompSession.class)) {
            var client = server.open()
                    .sends("CONNECT\naccept-version:9\nlogin:ann\npasscode:secret\nAuthorization:Bearer secret\n\n^@");
            Frame error = client.next();
            assertThat(error.headerMap().toString() + error.bodyText()).doesNotContain("secret", "ann");
            assertThat(log.records()).noneMatch(entry -> entry.getMessage().contains("secret"));
        }
    }
}
