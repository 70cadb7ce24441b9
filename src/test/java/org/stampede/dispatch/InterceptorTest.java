package org.stampede.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stampede.stomp.Command.CONNECTED;
import static org.stampede.stomp.Command.ERROR;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.stomp.Command.RECEIPT;
import static org.stampede.testing.WireAssert.assertThat;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.dispatch.TestApplication.Journal;
import org.stampede.messaging.Destination;
import org.stampede.messaging.FrameInterceptor;
import org.stampede.messaging.FrameRefusedException;
import org.stampede.messaging.FrameView;
import org.stampede.messaging.Message;
import org.stampede.messaging.StompSessionScoped;
import org.stampede.security.Peer;
import org.stampede.session.Interception;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.Headers;
import org.stampede.transport.CloseReason;

/** What interceptors may do to frames on their way. */
class InterceptorTest {

    // tag::interceptor[]
    @ApplicationScoped
    @Priority(10)
    static class Censor implements FrameInterceptor {

        @Override
        public FrameView inbound(FrameView frame) {
            if (frame.text().contains("swear")) {
                throw new FrameRefusedException("Mind your language.");
            }
            return frame.command().equals("SEND") ? frame.withHeader("checked", "yes") : frame;
        }

        @Override
        public FrameView outbound(FrameView frame) {
            if (frame.header("destination").equals(Optional.of("/topic/secret"))) {
                throw new FrameRefusedException("Not for everybody.");
            }
            return frame.command().equals("MESSAGE") ? frame.withBody(mild(frame.text())) : frame;
        }

        private static byte[] mild(String text) {
            return text.replace("darn", "dear").getBytes(UTF_8);
        }
    }
    // end::interceptor[]

    @ApplicationScoped
    static class Desk {
        @Inject
        Journal journal;

        void echo(@Observes @Destination("/app/echo") String text, Message message) {
            journal.note(text + " " + message.headers());
        }
    }

    @Test
    void framesOfTheClientAreChangedBeforeTheyAreHandled() throws Exception {
        try (var app = TestApplication.of(Censor.class, Desk.class)) {
            app.connect().say("SEND\ndestination:/app/echo\ncontent-type:text/plain\n\nhello^@");
            assertThat(app.journal())
                    .singleElement()
                    .asString()
                    .startsWith("hello ")
                    .contains("checked=yes");
        }
    }

    @Test
    void aFrameThatIsRefusedEndsTheSessionAndIsNotHandled() throws Exception {
        try (var app = TestApplication.of(Censor.class, Desk.class)) {
            var client = app.connect();
            client.send("/app/echo", "I swear").send("/app/echo", "again");
            assertThat(client.wire)
                    .sent(ERROR, "message:Mind your language.", "receipt-id:1")
                    .withBodyContaining("SEND")
                    .isExhausted()
                    .closed(CloseReason.POLICY);
            assertThat(app.journal()).isEmpty();
            assertThat(app.sessions().count()).isZero();
        }
    }

    @Test
    void messagesAreChangedOrDroppedBeforeTheyAreSent() throws Exception {
        try (var app = TestApplication.of(Censor.class)) {
            var client = app.connect().say("SUBSCRIBE\nid:1\ndestination:/topic/**\nreceipt:s\n\n^@");
            app.messenger().send("/topic/secret", "nobody sees me");
            app.messenger().send("/topic/open", "darn it");
            assertThat(client.wire)
                    .sent(RECEIPT)
                    .sent(MESSAGE, "destination:/topic/open", "subscription:1")
                    .withBody("dear it")
                    .isExhausted()
                    .isOpen();
        }
    }

    /** More messages than may be under way at a time: what is dropped must count as written. */
    @Test
    void droppedMessagesOfAQueueDoNotHoldUpTheOthers() throws Exception {
        try (var app = TestApplication.of(EveryOther.class)) {
            var client = app.connect().say("SUBSCRIBE\nid:1\ndestination:/queue/a\n\n^@");
            for (int i = 0; i < 5_000; i++) {
                app.messenger().send("/queue/a", "dropped");
            }
            app.messenger().send("/queue/a", "sent");
            assertThat(client.wire).sent(MESSAGE).withBody("sent").isExhausted();
        }
    }

    @ApplicationScoped
    static class EveryOther implements FrameInterceptor {
        @Override
        public FrameView outbound(FrameView frame) {
            if (frame.text().equals("dropped")) {
                throw new FrameRefusedException("No.");
            }
            return frame;
        }
    }

    @ApplicationScoped
    @Priority(1)
    static class First extends Noting {}

    @ApplicationScoped
    @Priority(2)
    static class Second extends Noting {}

    @ApplicationScoped
    static class Last extends Noting {}

    static class Noting implements FrameInterceptor {
        @Inject
        Journal journal;

        @Override
        public FrameView inbound(FrameView frame) {
            journal.note(name() + " in " + frame.command());
            return frame;
        }

        @Override
        public FrameView outbound(FrameView frame) {
            journal.note(name() + " out " + frame.command());
            return frame;
        }

        private String name() {
            var type = getClass();
            return (type.isSynthetic() ? type.getSuperclass() : type).getSimpleName();
        }
    }

    @Test
    void inboundGoesByPriorityAndOutboundTheOtherWayRound() throws Exception {
        try (var app = TestApplication.of(Last.class, Second.class, First.class)) {
            var client = app.connect();
            assertThat(app.journal())
                    .startsWith(
                            "First in CONNECT",
                            "Second in CONNECT",
                            "Last in CONNECT",
                            "Last out CONNECTED",
                            "Second out CONNECTED",
                            "First out CONNECTED",
                            "First in SUBSCRIBE");
            client.say("JUMP\n\n^@");
            assertThat(app.journal()).containsExactly("Last out ERROR", "Second out ERROR", "First out ERROR");
        }
    }

    @ApplicationScoped
    static class Buggy implements FrameInterceptor {
        @Override
        public FrameView inbound(FrameView frame) {
            if (frame.header("destination").equals(Optional.of("/topic/bug"))) {
                throw new IllegalStateException("secret");
            }
            return frame;
        }

        @Override
        public FrameView outbound(FrameView frame) {
            return switch (frame.text()) {
                case "throw" -> throw new IllegalStateException("secret");
                case "null" -> null;
                case "header" -> frame.withHeader("subscription", "other");
                default -> frame;
            };
        }
    }

    @Test
    void anInboundBugIsAnInternalErrorThatGivesNothingAway() throws Exception {
        try (var app = TestApplication.of(Buggy.class)) {
            var client = app.connect().send("/topic/bug", "x");
            assertThat(client.wire).sent(ERROR, "message:Internal error").closed(CloseReason.SERVER_ERROR);
            assertThat(client.wire.frames()).noneMatch(frame -> frame.bodyText().contains("secret"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"throw", "null", "header"})
    void anOutboundBugDropsTheFrameAndIsLogged(String bug) throws Exception {
        try (var app = TestApplication.of(Buggy.class);
                var log = new RecordedLog(FrameInterceptors.class)) {
            var client = app.connect().say("SUBSCRIBE\nid:1\ndestination:/topic/a\n\n^@");
            app.messenger().send("/topic/a", bug);
            app.messenger().send("/topic/a", "fine");
            assertThat(client.wire).sent(MESSAGE).withBody("fine").isExhausted().isOpen();
            assertThat(log.records()).hasSize(1);
            assertThat(log.records().get(0).getMessage()).contains("MESSAGE", client.sessionId);
        }
    }

    @ApplicationScoped
    static class Mute implements FrameInterceptor {
        @Override
        public FrameView outbound(FrameView frame) {
            if (frame.command().equals("ERROR")) {
                throw new FrameRefusedException("Say nothing.");
            }
            return frame;
        }
    }

    @Test
    void aDroppedErrorStillClosesTheConnection() throws Exception {
        try (var app = TestApplication.of(Mute.class)) {
            var client = app.connect().say("JUMP\n\n^@");
            assertThat(client.wire).isExhausted().closed(CloseReason.PROTOCOL_ERROR);
        }
    }

    @StompSessionScoped
    static class Count {
        private int frames;

        int next() {
            return ++frames;
        }
    }

    @ApplicationScoped
    static class Limit implements FrameInterceptor {
        @Inject
        Count count;

        @Override
        public FrameView inbound(FrameView frame) {
            if (frame.command().equals("SEND") && count.next() > 2) {
                throw new FrameRefusedException("Two are enough.");
            }
            return frame;
        }
    }

    @Test
    void inboundInterceptorsHaveTheScopeOfTheSession() throws Exception {
        try (var app = TestApplication.of(Limit.class, Count.class)) {
            var ann = app.connect("ann").send("/topic/a", "1").send("/topic/a", "2");
            var bob = app.connect("bob").send("/topic/a", "1");
            ann.wire.skipAll();
            ann.send("/topic/a", "3");
            assertThat(ann.wire).sent(ERROR, "message:Two are enough.").closed(CloseReason.POLICY);
            assertThat(bob.wire).sent(RECEIPT).isExhausted().isOpen();
        }
    }

    @Test
    void withoutInterceptorsThereIsNothingInTheWay() throws Exception {
        try (var app = TestApplication.of()) {
            assertThat(app.interception()).isSameAs(Interception.NONE);
        }
    }

    private static FrameView view(Command command, String... headers) {
        return new InterceptedFrame(
                Frame.of(command, Headers.of(headers), "body"), new Peer("session-1", Optional.of(() -> "ann")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "accept-version",
                "version",
                "heart-beat",
                "session",
                "content-length",
                "id",
                "subscription",
                "message-id",
                "ack",
                "receipt",
                "receipt-id",
                "transaction",
                "destination"
            })
    void headersOfTheProtocolCannotBeChanged(String name) {
        var message = view(MESSAGE, name, "1");
        assertThatThrownBy(() -> message.withHeader(name, "2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
        assertThatThrownBy(() -> message.withoutHeader(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aViewIsNotChangedButMakesOthers() {
        var send = view(Command.SEND, "destination", "/topic/a", "content-length", "4", "x", "1", "x", "2");
        assertThat(send.withHeader("destination", "/topic/b").header("destination"))
                .contains("/topic/b");
        assertThat(send.withHeader("x", "3").headers()).containsEntry("x", "3");
        assertThat(send.withoutHeader("x").headers()).doesNotContainKey("x");
        var longer = send.withBody("longer".getBytes(UTF_8));
        assertThat(longer.text()).isEqualTo("longer");
        assertThat(longer.header("content-length")).contains("6");
        assertThat(send.text()).isEqualTo("body");
        send.body()[0] = 'x';
        assertThat(send.text()).isEqualTo("body");
        assertThat(send.headers()).containsEntry("x", "1").containsEntry("destination", "/topic/a");
        assertThat(send.sessionId()).isEqualTo("session-1");
        assertThat(send.user().orElseThrow().getName()).isEqualTo("ann");
        var connected = view(CONNECTED);
        assertThatThrownBy(() -> connected.withBody(new byte[1])).isInstanceOf(IllegalStateException.class);
    }
}
