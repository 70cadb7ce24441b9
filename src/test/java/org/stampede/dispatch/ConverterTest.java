package org.stampede.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.stomp.Command.RECEIPT;
import static org.stampede.testing.WireAssert.assertThat;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.dispatch.Payloads.Note;
import org.stampede.dispatch.TestApplication.Client;
import org.stampede.dispatch.TestApplication.Journal;
import org.stampede.messaging.Destination;
import org.stampede.messaging.MessageConverter;
import org.stampede.testing.WireText;

/** Which converter reads and writes what: by type of the payload, by content type, by priority. */
class ConverterTest {

    @ApplicationScoped
    static class Desk {
        @Inject
        Journal journal;

        void note(@Observes @Destination("/app/note") Note note) {
            journal.note("note " + note.text);
        }

        void text(@Observes @Destination("/app/text") String text) {
            journal.note("text " + text);
        }

        void octets(@Observes @Destination("/app/octets") byte[] octets) {
            journal.note("octets " + octets.length);
        }
    }

    /** Reads and writes notes of a content type that is its own. */
    abstract static class Named implements MessageConverter {

        @Override
        public String contentType() {
            return "named/note";
        }

        @Override
        public boolean canRead(Class<?> type, String contentType) {
            return type == Note.class && contentType.equals("named/note");
        }

        @Override
        public Object read(byte[] body, Class<?> type, String contentType) {
            var note = new Note();
            note.text = getClass().getSimpleName().replaceAll("\\$.*|_.*", "");
            return note;
        }

        @Override
        public boolean canWrite(Class<?> type, String contentType) {
            return type == StringBuilder.class || canRead(type, contentType);
        }

        @Override
        public byte[] write(Object payload, String contentType) {
            return new byte[] {'n'};
        }
    }

    @ApplicationScoped
    @Priority(1)
    static class Second extends Named {}

    @ApplicationScoped
    @Priority(0)
    static class First extends Named {}

    @ApplicationScoped
    static class Another extends Named {}

    /** Does not do what it promises. */
    @ApplicationScoped
    static class Liar extends Named {
        @Override
        public boolean canRead(Class<?> type, String contentType) {
            return contentType.equals("lie");
        }

        @Override
        public Object read(byte[] body, Class<?> type, String contentType) {
            return 42;
        }
    }

    /** JSON Binding cannot make one. */
    interface Shape {
        String name();
    }

    @ApplicationScoped
    static class Drawing {
        @Inject
        Journal journal;

        void draw(@Observes @Destination("/app/draw") Shape shape) {
            journal.note("drawn " + shape.name());
        }

        void drawAll(@Observes @Destination("/app/draw-all") Shape[] shapes) {
            journal.note("drawn " + shapes.length);
        }
    }

    /** Knows shapes, and no other content type than its own. */
    @ApplicationScoped
    static class Shapes extends Named {
        @Override
        public boolean canRead(Class<?> type, String contentType) {
            return (type == Shape.class || type == Shape[].class) && contentType.equals(contentType());
        }

        @Override
        public Object read(byte[] body, Class<?> type, String contentType) {
            Shape shape = () -> new String(body, StandardCharsets.UTF_8);
            return type.isArray() ? new Shape[] {shape, shape} : shape;
        }
    }

    @Test
    void aTypeThatJsonCannotMakeIsFineIfAConverterReadsIt() throws Exception {
        try (var drawing = TestApplication.of(Drawing.class, Shapes.class)) {
            var artist = drawing.connect();
            artist.say("SEND\ndestination:/app/draw\ncontent-type:named/note\n\ncircle^@");
            artist.say("SEND\ndestination:/app/draw-all\ncontent-type:named/note\n\ncircle^@");
            assertThat(drawing.journal()).containsExactly("drawn circle", "drawn 2");
            assertThat(artist.wire).isExhausted();
            artist.say("SEND\ndestination:/app/draw\ncontent-type:application/json\n\n{}^@");
            artist.say("SEND\ndestination:/app/draw\n\n{}^@");
            assertThat(artist.wire)
                    .sent(MESSAGE)
                    .withBodyContaining("\"status\":415")
                    .sent(MESSAGE)
                    .withBodyContaining("\"status\":415")
                    .isExhausted();
        }
    }

    @Test
    void aTypeThatNoConverterReadsIsAFaultWhateverOthersTheyRead() {
        assertThatThrownBy(() -> TestApplication.of(Drawing.class, First.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Stampede found 2 faults:")
                .hasMessageContaining("Drawing.draw: no payload can be made of the type " + Shape.class.getName()
                        + " without a MessageConverter that reads it")
                .hasMessageContaining("Drawing.drawAll: ");
        assertThatThrownBy(() -> TestApplication.of(Drawing.class))
                .isInstanceOf(DeploymentException.class)
                .hasMessageStartingWith("Stampede found 2 faults:");
    }

    private TestApplication app;
    private Client client;

    @BeforeEach
    void deploy() {
        app = TestApplication.of(Desk.class, Second.class, Another.class, First.class, Liar.class, XmlConverter.class);
        client = app.connect();
    }

    @AfterEach
    void close() throws Exception {
        app.close();
    }

    private Client send(String destination, String contentType, String body) {
        return client.say(
                "SEND\ndestination:" + destination + "\nreceipt:1\ncontent-type:" + contentType + "\n\n" + body + "^@");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json;charset=utf-8",
                "APPLICATION/JSON; charset=\"UTF-8\"",
                "application/vnd.note+json",
                "text/json",
                "text/plain"
            })
    void jsonIsReadUnderItsNamesAndAsPlainText(String contentType) {
        send("/app/note", contentType, "{\"text\":\"a\"}");
        assertThat(client.wire).sent(RECEIPT).isExhausted();
        assertThat(app.journal()).containsExactly("note a");
    }

    @Test
    void xmlIsReadByTheConverterOfTheApplicationAndValidated() {
        send("/app/note", "application/xml", "<note><text>a</text></note>");
        assertThat(client.wire).sent(RECEIPT).isExhausted();
        assertThat(app.journal()).containsExactly("note a");
        send("/app/note", "application/xml", "<note/>");
        assertThat(client.wire.next().bodyText()).contains("\"status\":422", "\"path\":\"text\"");
        send("/app/note", "application/xml", "{}");
        assertThat(client.wire.next().bodyText())
                .contains("\"status\":400", "The body is not the XML that is needed here.");
        assertThat(app.journal()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/app/note, image/png",
        "/app/note, application/json;charset=no-such-charset",
        "/app/text, text/plain;charset=no-such-charset"
    })
    void aContentTypeThatNobodyReadsIsAProblemForTheSender(String destination, String contentType) {
        send(destination, contentType, "{\"text\":\"a\"}");
        assertThat(client.wire.next().bodyText())
                .contains(
                        "\"type\":\"urn:stampede:problem:unsupported-content-type\"",
                        "\"status\":415",
                        contentType,
                        "\"receipt-id\":\"1\"");
        assertThat(client.wire).isExhausted();
        assertThat(app.journal()).isEmpty();
    }

    @Test
    void textIsReadInItsCharset() {
        byte[] head = WireText.octets(
                "SEND\ndestination:/app/text\ncontent-type:text/plain;charset=ISO-8859-1\ncontent-length:1\n\n");
        var frame = new byte[head.length + 2];
        System.arraycopy(head, 0, frame, 0, head.length);
        frame[head.length] = (byte) 0xe9;
        client.say(frame);
        assertThat(app.journal()).containsExactly("text é");
    }

    @Test
    void textAndOctetsAreReadWhateverTheirMediaType() {
        send("/app/text", "image/svg+xml", "<svg/>");
        send("/app/octets", "image/png", "123");
        assertThat(app.journal()).containsExactly("text <svg/>", "octets 3");
    }

    @Test
    void theLeastPriorityNumberComesFirst() {
        send("/app/note", "named/note", "");
        assertThat(app.journal()).containsExactly("note First");
    }

    @Test
    void aConverterThatDoesNotDoAsItPromisesIsAFailureOfTheServer() {
        try (var log = new RecordedLog(ProblemReports.class)) {
            send("/app/note", "lie", "");
            assertThat(client.wire.next().bodyText()).contains("\"status\":500");
            assertThat(log.records()).hasSize(1);
        }
    }

    @Test
    void theContentTypeChoosesHowAPayloadIsWritten() {
        client.say("SUBSCRIBE\nid:0\ndestination:/topic/x\n\n^@");
        var note = new Note();
        note.text = "a";
        app.messenger().send("/topic/x", note);
        app.messenger().send("/topic/x", note, Map.of("content-type", "application/vnd.note+json"));
        app.messenger().send("/topic/x", note, Map.of("content-type", "named/note"));
        app.messenger().send("/topic/x", "é", Map.of("content-type", "text/plain;charset=ISO-8859-1"));
        app.messenger().send("/topic/x", new StringBuilder("own"));
        assertThat(client.wire)
                .sent(MESSAGE, "content-type:application/json")
                .withBody("{\"text\":\"a\"}")
                .sent(MESSAGE, "content-type:application/vnd.note+json")
                .withBody("{\"text\":\"a\"}")
                .sent(MESSAGE, "content-type:named/note")
                .withBody("n");
        assertThat(client.wire.next().bodyBytes()).isEqualTo("é".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(client.wire)
                .sent(MESSAGE, "content-type:named/note")
                .withBody("n")
                .isExhausted();
        app.messenger().send("/topic/x", note, Map.of("content-type", "application/xml"));
        assertThat(client.wire.next().bodyText()).contains("<note>", "<text>a</text>");
    }

    @Test
    void whatNobodyWritesIsToldToTheSender() {
        assertThatThrownBy(() -> app.messenger().send("/topic/x", List.of(), Map.of("content-type", "image/png")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("image/png");
    }
}
