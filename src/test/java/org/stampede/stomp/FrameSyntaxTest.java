package org.stampede.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.ACK;
import static org.stampede.stomp.Command.BEGIN;
import static org.stampede.stomp.Command.SEND;
import static org.stampede.stomp.StompVersion.V1_0;
import static org.stampede.stomp.StompVersion.V1_1;
import static org.stampede.stomp.StompVersion.V1_2;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.testing.StompItem;

/** The layout of a frame (STOMP 1.2, sections STOMP Frames and Augmented BNF), as {@link FrameParser} reads it. */
class FrameSyntaxTest {

    @ParameterizedTest
    @EnumSource
    @StompItem(1)
    void frameIsCommandHeadersEmptyLineBodyAndNul(StompVersion version) {
        assertThat(AnyCut.of(version).frames("SEND\ndestination:/queue/a\nreceipt:7\n\nhello\nworld^@"))
                .containsExactly(Frame.of(SEND, Headers.of("destination", "/queue/a", "receipt", "7"), "hello\nworld"));
    }

    @ParameterizedTest
    @EnumSource
    @StompItem(1)
    void frameMayHaveNoHeaders(StompVersion version) {
        assertThat(AnyCut.of(version).frames("BEGIN\n\n^@")).containsExactly(Frame.of(BEGIN));
    }

    @Test
    @StompItem(1)
    void frameWithoutEmptyLineIsAFault() {
        assertThat(AnyCut.of(V1_2).fault("SEND\ndestination:/a\n^@")).contains("empty line must precede");
        assertThat(AnyCut.of(V1_2).fault("SEND^@")).contains("empty line must precede");
    }

    @Test
    @StompItem(1)
    void partOfAFrameYieldsNothingYet() {
        assertThat(AnyCut.of(V1_2).frames("SEND\ndestination:/a\n\nhel")).isEmpty();
    }

    @Test
    @StompItem(1)
    void nulOutsideOfAFrameIsAFault() {
        assertThat(AnyCut.of(V1_2).fault("^@")).contains("empty line must precede");
    }

    @Test
    @StompItem(2)
    void carriageReturnMayPrecedeLineFeedInVersion12() {
        assertThat(AnyCut.of(V1_2).frames("SEND\r\na:b\r\nc:d\n\r\nbody\r\n^@\r\nBEGIN\r\n\r\n^@\r\n"))
                .containsExactly(Frame.of(SEND, Headers.of("a", "b", "c", "d"), "body\r\n"), Frame.of(BEGIN));
    }

    @Test
    @StompItem(2)
    void carriageReturnMayPrecedeLineFeedInTheFirstConnect() {
        assertThat(AnyCut.atStart()
                        .frame("CONNECT\r\naccept-version:1.1\r\nlogin:me\r\n\r\n^@\r\n")
                        .headers())
                .isEqualTo(Headers.of("accept-version", "1.1", "login", "me"));
    }

    @Test
    @StompItem(2)
    void carriageReturnIsPartOfTheLineInVersion11() {
        assertThat(AnyCut.of(V1_1).frame("SEND\na:b\r\n\n^@").header("a")).contains("b\r");
        assertThat(AnyCut.of(V1_1).fault("SEND\r\n\n^@")).contains("\"SEND\\u000d\" is unknown");
        assertThat(AnyCut.of(V1_1).fault("SEND\na:b\n\r\n^@")).contains("a name, a colon, and a value");
    }

    @Test
    @StompItem(2)
    void carriageReturnEndsNoLineInVersion10() {
        assertThat(AnyCut.of(V1_0).fault("SEND\r\n\n^@")).contains("is unknown");
        assertThat(AnyCut.of(V1_0).fault("SEND\na:b\n\r\n^@")).contains("a name, a colon, and a value");
    }

    @Test
    @StompItem(2)
    void onlyOneCarriageReturnBelongsToTheLineEnd() {
        assertThat(AnyCut.of(V1_2).fault("SEND\na:b\r\r\n\n^@")).contains("must not have a CR");
    }

    @ParameterizedTest
    @EnumSource
    @StompItem(3)
    void anyNumberOfLineEndsMayStandBetweenFrames(StompVersion version) {
        assertThat(AnyCut.of(version).frames("\n\n\nBEGIN\n\n^@" + "\n".repeat(1_000) + "BEGIN\n\n^@\n\n"))
                .hasSize(2);
        assertThat(AnyCut.of(version).frames("\r\n\r\nBEGIN\n\n^@\r\n")).hasSize(1);
        assertThat(AnyCut.of(version).frames("\n")).isEmpty();
        assertThat(AnyCut.of(version).frames("")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "V1_0")
    @StompItem(4)
    void commandsAndHeaderNamesAreCaseSensitive(StompVersion version) {
        assertThat(AnyCut.of(version).fault("send\n\n^@"))
                .contains("\"send\" is unknown")
                .contains("upper case");
        Frame frame = AnyCut.of(version).frame("SEND\nReceipt:1\nreceipt:2\n\n^@");
        assertThat(frame.header("receipt")).contains("2");
        assertThat(frame.header("RECEIPT")).isEmpty();
    }

    @Test
    @StompItem({4, 68})
    void unknownCommandIsQuotedShortAndEscaped() {
        assertThat(AnyCut.of(V1_2).fault("GET /" + "\u0007".repeat(200) + "\n\n^@"))
                .startsWith("The command \"GET /\\u0007")
                .hasSizeLessThan(700);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ü", "€", "😀", "\uFFFD", "\uFEFF", "naïve 漢字 😀 end"})
    @StompItem(5)
    void headersAreUtf8(String text) {
        assertThat(AnyCut.of(V1_2)
                        .frame("SEND\n" + text + ":" + text + "\n\n^@")
                        .header(text))
                .contains(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\u00C3", "\u00C0\u0080", "\u00ED\u00A0\u0080", "\u00FF", "\u00F5\u0080\u0080\u0080", "\u0080"})
    @StompItem(5)
    void octetsThatAreNoUtf8AreAFaultInHeaders(String octets) {
        byte[] wire = ("SEND\na:" + octets + "\n\n\0").getBytes(StandardCharsets.ISO_8859_1);
        FrameBatch batch = AnyCut.of(V1_2).read(wire);
        assertThat(batch.frames()).isEmpty();
        assertThat(batch.fault().orElseThrow().detail()).contains("must be UTF-8");
    }

    @ParameterizedTest
    @EnumSource
    @StompItem(6)
    void onlySendMessageAndErrorMayHaveABody(Command command) {
        String wire = command + "\n\nbody^@";
        if (command.mayHaveBody()) {
            assertThat(AnyCut.of(V1_2).frame(wire).bodyText()).isEqualTo("body");
        } else {
            assertThat(AnyCut.of(V1_2).fault(wire)).isEqualTo("A frame " + command + " must not have a body.");
            assertThat(AnyCut.of(V1_1).fault(command + "\ncontent-length:4\n\nbody^@"))
                    .contains("must not have a body");
        }
    }

    @Test
    @StompItem(6)
    void bodyWhereNoneMayBeIsDroppedInVersion10() {
        assertThat(AnyCut.of(V1_0).frames("ACK\n\nbody^@ACK\ncontent-length:3\n\n^@^@^@^@"))
                .containsExactly(Frame.of(ACK), Frame.of(ACK, "content-length", "3"));
    }

    @ParameterizedTest
    @EnumSource
    @StompItem(7)
    void valueMayHoldRawColons(StompVersion version) {
        assertThat(AnyCut.of(version).frame("SEND\nurl:http://host:80\n\n^@").header("url"))
                .contains("http://host:80");
    }

    @ParameterizedTest
    @EnumSource
    @StompItem(7)
    void nameMustNotBeEmptyButAValueMay(StompVersion version) {
        assertThat(AnyCut.of(version).fault("SEND\n:value\n\n^@")).contains("a name, a colon, and a value");
        assertThat(AnyCut.of(version).fault("SEND\nname\n\n^@")).contains("a name, a colon, and a value");
        assertThat(AnyCut.of(version).frame("SEND\nname:\n\n^@").header("name")).contains("");
    }

    @Test
    @StompItem(7)
    void carriageReturnWithinAHeaderIsAFaultInVersion12() {
        assertThat(AnyCut.of(V1_2).fault("SEND\na:b\rc\n\n^@")).contains("must not have a CR");
        assertThat(AnyCut.of(V1_2).fault("SEND\na\rb:c\n\n^@")).contains("must not have a CR");
    }

    @ParameterizedTest
    @EnumSource
    @StompItem(13)
    void firstOfRepeatedHeadersCounts(StompVersion version) {
        Frame frame = AnyCut.of(version).frame("MESSAGE\nfoo:World\nfoo:Hello\n\n^@");
        assertThat(frame.header("foo")).contains("World");
        assertThat(frame.headers().all("foo")).containsExactly("World", "Hello");
        assertThat(frame.headerMap()).containsOnlyKeys("foo").containsEntry("foo", "World");
    }
}
