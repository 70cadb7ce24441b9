package org.stampede.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.CONNECT;
import static org.stampede.stomp.Command.CONNECTED;
import static org.stampede.stomp.Command.ERROR;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.stomp.Command.RECEIPT;
import static org.stampede.stomp.Command.SEND;
import static org.stampede.stomp.StompVersion.V1_0;
import static org.stampede.stomp.StompVersion.V1_1;
import static org.stampede.stomp.StompVersion.V1_2;
import static org.stampede.testing.WireText.readable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.testing.StompItem;

/** How frames are written (STOMP 1.2, sections Value Encoding and Header content-length). */
class FrameWriterTest {

    @ParameterizedTest
    @EnumSource
    @StompItem(1)
    void frameWithoutBody(StompVersion version) {
        assertThat(readable(Frame.of(RECEIPT, "receipt-id", "77"), version)).isEqualTo("RECEIPT\nreceipt-id:77\n\n^@");
        assertThat(FrameWriter.text(Frame.of(RECEIPT, "receipt-id", "77"), version))
                .contains("RECEIPT\nreceipt-id:77\n\n\0");
    }

    @ParameterizedTest
    @EnumSource
    @StompItem({18, 19, 82})
    void frameWithBodyHasContentLengthInOctets(StompVersion version) {
        Frame frame = Frame.of(SEND, Headers.of("destination", "/a"), "€😀\0");
        assertThat(readable(frame, version)).isEqualTo("SEND\ndestination:/a\ncontent-length:8\n\n€😀^@^@");
        assertThat(FrameWriter.text(frame, version)).contains("SEND\ndestination:/a\ncontent-length:8\n\n€😀\0\0");
    }

    @Test
    @StompItem(19)
    void contentLengthOfTheHeadersIsReplaced() {
        var headers = Headers.of("content-length", "99", "a", "b", "content-length", "3");
        assertThat(readable(Frame.of(MESSAGE, headers, "xy"), V1_2))
                .isEqualTo("MESSAGE\na:b\ncontent-length:2\n\nxy^@");
        assertThat(readable(Frame.of(MESSAGE, headers), V1_2)).isEqualTo("MESSAGE\na:b\n\n^@");
    }

    @Test
    @StompItem(82)
    void bodyThatIsNoUtf8TravelsAsOctetsOnly() {
        byte[] body = {'a', (byte) 0xFF, 0};
        Frame frame = Frame.of(MESSAGE, Headers.NONE, body);
        assertThat(FrameWriter.text(frame, V1_2)).isEmpty();
        assertThat(FrameWriter.octets(frame, V1_2))
                .isEqualTo("MESSAGE\ncontent-length:3\n\na\u00FF\0\0".getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    @StompItem({22, 82})
    void replacementCharacterInABodyIsText() {
        assertThat(FrameWriter.text(Frame.of(MESSAGE, Headers.NONE, "\uFFFD"), V1_2))
                .contains("MESSAGE\ncontent-length:3\n\n\uFFFD\0");
    }

    @Test
    @StompItem(11)
    void version12EscapesNamesAndValues() {
        assertThat(readable(Frame.of(MESSAGE, "a:b\\", "\r\n:\\😀"), V1_2))
                .isEqualTo("MESSAGE\na\\cb\\\\:\\r\\n\\c\\\\😀\n\n^@");
    }

    @Test
    @StompItem(11)
    void version11HasNoEscapeForCarriageReturn() {
        assertThat(readable(Frame.of(MESSAGE, "a:b", "\r\n:\\"), V1_1)).isEqualTo("MESSAGE\na\\cb: \\n\\c\\\\\n\n^@");
    }

    @Test
    @StompItem(11)
    void version10EscapesNothing() {
        assertThat(readable(Frame.of(MESSAGE, "a", "b:c\\n"), V1_0)).isEqualTo("MESSAGE\na:b:c\\n\n\n^@");
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECT", "STOMP", "CONNECTED"})
    @StompItem(12)
    void connectAndConnectedAreNeverEscaped(Command command) {
        assertThat(readable(Frame.of(command, "passcode", "a:b\\c"), V1_2))
                .isEqualTo(command + "\npasscode:a:b\\c\n\n^@");
    }

    @Test
    @StompItem(8)
    void nothingIsPadded() {
        assertThat(readable(Frame.of(MESSAGE, " a ", " b "), V1_2)).isEqualTo("MESSAGE\n a : b \n\n^@");
    }

    @ParameterizedTest
    @EnumSource
    @StompItem({7, 11})
    void noHeaderCanEndItsLineOrItsFrame(StompVersion version) {
        String attack = "x\nadmin:true\r\n\r\n\0\nSEND\n\n\0";
        for (Command command : Command.values()) {
            String wire = readable(Frame.of(command, "name" + attack, "v", "a", attack, attack, attack), version);
            // The command, at most three headers, the empty line: no more lines, and no other NUL.
            assertThat(wire).startsWith(command + "\n").endsWith("\n\n^@");
            assertThat(wire.lines().count()).isLessThanOrEqualTo(6);
            assertThat(wire.indexOf("^@")).isEqualTo(wire.length() - 2);
            assertThat(wire).doesNotContain("\r").doesNotContain("\nadmin");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECT", "CONNECTED", "ERROR"})
    @StompItem(7)
    void nameWithColonIsLeftOutWhereItCannotBeSaid(Command command) {
        assertThat(readable(Frame.of(command, "server:x", "1", "b", "2"), V1_0)).isEqualTo(command + "\nb:2\n\n^@");
    }

    @Test
    @StompItem(7)
    void blankNameIsLeftOut() {
        var headers = Headers.of("", "1", " ", "2", "\n", "3", "\0", "4", "b", "5");
        assertThat(readable(Frame.of(ERROR, headers), V1_2)).isEqualTo("ERROR\nb:5\n\n^@");
        assertThat(readable(Frame.of(ERROR, headers), V1_0)).isEqualTo("ERROR\nb:5\n\n^@");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "V1_0")
    @StompItem(5)
    void halfASurrogatePairBecomesAQuestionMarkAsTextAndAsOctets(StompVersion version) {
        Frame frame = Frame.of(MESSAGE, "a", "x\uD83Dy\uDE00", "b", "😀");
        assertThat(readable(frame, version)).isEqualTo("MESSAGE\na:x?y?\nb:😀\n\n^@");
        assertThat(FrameWriter.text(frame, version)).contains("MESSAGE\na:x?y?\nb:😀\n\n\0");
    }

    @Test
    @StompItem(5)
    void halfASurrogatePairInATextMessageIsReadAsAQuestionMark() {
        var parser = new FrameParser(AnyCut.ROOMY);
        assertThat(parser.parse("SEND\na:\uD83D\n\n\uDE00\0").frames())
                .containsExactly(Frame.of(SEND, Headers.of("a", "?"), "?"));
    }

    @Test
    @StompItem(13)
    void repeatedHeadersAreWrittenInTheirOrder() {
        assertThat(readable(Frame.of(CONNECTED, "a", "1", "b", "2", "a", "3"), V1_2))
                .isEqualTo("CONNECTED\na:1\nb:2\na:3\n\n^@");
        assertThat(readable(Frame.of(CONNECT, "a", "1"), V1_2)).isEqualTo("CONNECT\na:1\n\n^@");
    }

    @Test
    void whatGoesToManyIsEncodedOncePerVersion() {
        Frame plain = Frame.of(MESSAGE, Headers.of("a:b", "\r"), "€");
        Frame shared = plain.shared();
        assertThat(shared).isEqualTo(plain);
        for (StompVersion version : StompVersion.values()) {
            String text = FrameWriter.text(List.of(shared), version);
            assertThat(text).isEqualTo(FrameWriter.text(List.of(plain), version));
            assertThat(FrameWriter.text(List.of(shared), version)).isSameAs(text);
            assertThat(FrameWriter.text(List.of(shared, plain), version)).isEqualTo(text + text);
            assertThat(FrameWriter.octets(List.of(shared, plain, shared), version))
                    .isEqualTo(text.repeat(3).getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void whoeverGetsOctetsMayChangeThem() {
        Frame shared = Frame.of(MESSAGE, Headers.NONE, "body").shared();
        byte[] expected = FrameWriter.octets(List.of(shared, shared), V1_2);
        Arrays.fill(FrameWriter.octets(List.of(shared), V1_2), (byte) 'x');
        Arrays.fill(FrameWriter.octets(List.of(shared, shared), V1_2), (byte) 'x');
        assertThat(FrameWriter.octets(List.of(shared, shared), V1_2)).isEqualTo(expected);
    }

    @Test
    void whetherTheBodyOfASharedFrameIsTextIsRemembered() {
        assertThat(Frame.of(MESSAGE, Headers.NONE, "€").shared())
                .matches(Frame::hasTextBody)
                .matches(Frame::hasTextBody);
        Frame octets = Frame.of(MESSAGE, Headers.NONE, new byte[] {(byte) 0xFF}).shared();
        assertThat(octets.hasTextBody()).isFalse();
        assertThat(octets.hasTextBody()).isFalse();
    }

    @Test
    @StompItem(11)
    void frequentAndRareNamesAreWrittenAndReadAlike() {
        var headers = Headers.of(
                "destination", "/a", "destinatio", "x", "destination2", "y", "id", "é", "i", "1", "heart-beat", "a:b");
        Frame frame = Frame.of(MESSAGE, headers);
        assertThat(readable(frame, V1_2))
                .isEqualTo("MESSAGE\ndestination:/a\ndestinatio:x\ndestination2:y\nid:é\ni:1\nheart-beat:a\\cb\n\n^@");
        var parser = new FrameParser(AnyCut.ROOMY);
        parser.parse("CONNECTED\nversion:1.2\n\n\0");
        assertThat(parser.parse(FrameWriter.text(frame, V1_2).orElseThrow()).frames())
                .containsExactly(frame);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4_000, 4_070, 4_080, 4_090, 4_096, 4_100, 20_000})
    void aHeadMayBeLongerThanTheRoomOfTheThread(int length) {
        // Each place at the end of the room is met by one of the words that are written at once.
        for (int more = 0; more < 20; more++) {
            String value = "v".repeat(length + more);
            Frame frame = Frame.of(
                    MESSAGE, Headers.of("x", value, "content-type", "application/json", "ack", "auto"), "body");
            String wire =
                    "MESSAGE\nx:" + value + "\ncontent-type:application/json\nack:auto\ncontent-length:4\n\nbody\0";
            assertThat(FrameWriter.text(frame, V1_2)).contains(wire);
            assertThat(new String(FrameWriter.octets(frame, V1_2), StandardCharsets.UTF_8))
                    .isEqualTo(wire);
            assertThat(FrameWriter.text(List.of(frame, frame), V1_2)).isEqualTo(wire + wire);
        }
    }

    @Test
    void whatWasWrittenIsNoLongerTouched() {
        byte[] first = FrameWriter.octets(Frame.of(MESSAGE, "a", "1"), V1_2);
        FrameWriter.octets(Frame.of(RECEIPT, "receipt-id", "22222222"), V1_2);
        assertThat(new String(first, StandardCharsets.UTF_8)).isEqualTo("MESSAGE\na:1\n\n\0");
    }
}
