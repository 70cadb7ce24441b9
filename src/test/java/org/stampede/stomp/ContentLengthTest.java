package org.stampede.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.StompVersion.V1_0;
import static org.stampede.stomp.StompVersion.V1_1;
import static org.stampede.stomp.StompVersion.V1_2;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.testing.StompItem;
import org.stampede.testing.WireText;

/** Bodies and their length (STOMP 1.2, sections Body, Header content-length, Header content-type), as they are read. */
class ContentLengthTest {

    @ParameterizedTest
    @EnumSource
    @StompItem(16)
    void anyFrameMayCarryAContentLength(Command command) {
        assertThat(AnyCut.of(V1_2).frame(command + "\ncontent-length:0\n\n^@").bodyLength())
                .isZero();
    }

    @ParameterizedTest
    @EnumSource
    @StompItem({17, 18})
    void contentLengthCountsOctetsNulsIncluded(StompVersion version) {
        assertThat(AnyCut.of(version)
                        .frame("SEND\ncontent-length:5\n\na^@b^@^@^@")
                        .bodyText())
                .isEqualTo("a\0b\0\0");
    }

    @ParameterizedTest
    @CsvSource({"4,€x", "4,😀", "2,ü", "10,漢字😀"})
    @StompItem({17, 82})
    void contentLengthCountsOctetsNotCharacters(int octets, String body) {
        assertThat(AnyCut.of(V1_2)
                        .frame("SEND\ncontent-length:" + octets + "\n\n" + body + "^@")
                        .bodyText())
                .isEqualTo(body);
    }

    @Test
    @StompItem({17, 82})
    void contentLengthInCharactersIsAFault() {
        assertThat(AnyCut.of(V1_2).fault("SEND\ncontent-length:2\n\n😀^@"))
                .isEqualTo(
                        "A NUL must follow the 2 octets of the body that content-length announced; content-length counts"
                                + " octets, not characters.");
    }

    @Test
    @StompItem(17)
    void nulMustFollowTheCountedBody() {
        assertThat(AnyCut.of(V1_2).fault("SEND\ncontent-length:3\n\nabcd^@")).contains("must follow the 3 octets");
        assertThat(AnyCut.of(V1_2).fault("SEND\ncontent-length:0\n\nabcd^@")).contains("must follow the 0 octets");
        assertThat(AnyCut.of(V1_2).frames("SEND\ncontent-length:5\n\nabcde")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+1", "1.0", "0x1", "one", "1 ", "١", "1,2"})
    @StompItem(17)
    void contentLengthMustBeANumber(String value) {
        assertThat(AnyCut.of(V1_2).fault("SEND\ncontent-length:" + value + "\n\nx^@"))
                .isEqualTo("The content-length \"" + value + "\" must be a number of octets.");
    }

    @Test
    @StompItem(17)
    void leadingZerosAreANumberToo() {
        assertThat(AnyCut.of(V1_2)
                        .frame("SEND\ncontent-length:" + "0".repeat(100) + "3\n\nabc^@")
                        .bodyText())
                .isEqualTo("abc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483648", "4294967299", "9223372036854775808", "99999999999999999999999999999999"})
    @StompItem({15, 17})
    void contentLengthBeyondAnyNumberExceedsTheLimit(String value) {
        assertThat(AnyCut.of(V1_2).fault("SEND\ncontent-length:" + value + "\n\nabc^@"))
                .startsWith("The limit for the body of a frame is");
    }

    @Test
    @StompItem({13, 17})
    void firstOfRepeatedContentLengthsCounts() {
        assertThat(AnyCut.of(V1_2)
                        .frame("SEND\ncontent-length:2\ncontent-length:9\n\nab^@")
                        .bodyText())
                .isEqualTo("ab");
    }

    @ParameterizedTest
    @EnumSource
    @StompItem(20)
    void withoutContentLengthTheFirstNulEndsTheFrame(StompVersion version) {
        FrameBatch batch = AnyCut.of(version).read("SEND\na:b\n\nfirst^@second\n\n^@");
        assertThat(batch.frames()).containsExactly(Frame.of(Command.SEND, Headers.of("a", "b"), "first"));
        assertThat(batch.fault().orElseThrow().detail()).contains("\"second\" is unknown");
    }

    @Test
    @StompItem(21)
    void contentTypeIsHandedOnAsItIs() {
        assertThat(AnyCut.of(V1_2)
                        .frame("SEND\ncontent-type:text/plain;charset=utf-16\n\nx^@")
                        .header("content-type"))
                .contains("text/plain;charset=utf-16");
    }

    @Test
    @StompItem({17, 22})
    void bodyIsOctetsWhateverTheyMean() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        var wire = new ByteArrayOutputStream();
        wire.writeBytes(WireText.octets("SEND\ncontent-length:256\n\n"));
        wire.writeBytes(all);
        wire.write(0);
        for (StompVersion version : List.of(V1_0, V1_1, V1_2)) {
            Frame frame = AnyCut.of(version).read(wire.toByteArray()).frames().get(0);
            assertThat(frame.bodyBytes()).isEqualTo(all);
            assertThat(FrameWriter.octets(frame, version)).isEqualTo(wire.toByteArray());
            assertThat(FrameWriter.text(frame, version)).isEmpty();
        }
    }

    @Test
    @StompItem(23)
    void bodyReadAsTextIsUtf8() {
        assertThat(AnyCut.of(V1_2)
                        .frame("SEND\ncontent-type:text/plain\n\nnaïve 😀^@")
                        .bodyText())
                .isEqualTo("naïve 😀");
    }
}
