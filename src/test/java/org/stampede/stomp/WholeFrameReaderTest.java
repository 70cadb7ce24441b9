package org.stampede.stomp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.testing.StompItem;
import org.stampede.testing.WireText;

/** What is read the fast way, and what is left to the parser. {@code CodecProperties} shows that both read the same. */
@StompItem(10)
class WholeFrameReaderTest {

    private static final FrameLimits LIMITS = new FrameLimits(100, 3, 40, 20, 10, "test");

    private static @Nullable Frame read(String wire, FrameLimits limits) {
        byte[] octets = WireText.octets(wire);
        return new WholeFrameReader(limits).read(octets, 0, octets.length, false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ACK\n\n^@",
                "UNSUBSCRIBE\nid:1\n\n^@",
                "SEND\ndestination:/a\ncontent-type:text/plain\n\nbody^@",
                "SEND\ncontent-length:3\n\na^@b^@",
                "SEND\ncontent-length:0\ncontent-length:9\n\n^@",
                "SEND\nunknown:1\nan-unknown-name-that-is-long:2\n\n^@",
                "SEND\nempty:\ncolons:a:b:c\npadded: x \n\n^@",
                "SEND\n\n\u00e9\\^@",
                "CONNECT\naccept-version:1.2\n\n^@"
            })
    void usualFramesAreReadAsTheParserReadsThem(String wire) {
        Frame frame = read(wire, LIMITS);
        assertThat(frame).isEqualTo(AnyCut.of(StompVersion.V1_2).frame(wire));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SEND",
                "SEND\n",
                "SEND\na:b",
                "SEND\na:b\n",
                "SEND\na:b\n\n",
                "SEND\na:b\n\nbody",
                "SEND\ncontent-length:3\n\nab^@",
                "SEND\ncontent-length:1\n\nab^@",
                "SEND\ncontent-length:x\n\nab^@",
                "SEND\ncontent-length:\n\nab^@",
                "SEND\ncontent-length:4294967297\n\na^@",
                "SEND\r\na:b\r\n\r\n^@",
                "SEND\na:b\r\n\n^@",
                "SEND\na:\\n\n\n^@",
                "SEND\na\\c:b\n\n^@",
                "SEND\n\u00e9:b\n\n^@",
                "SEND\na:\u00e9\n\n^@",
                "SEND\n:b\n\n^@",
                "SEND\nab\n\n^@",
                "SEND\nab\nc:d\n\n^@",
                "SEND\na^@:b\n\n^@",
                "SEND\nack^@:b\n\n^@",
                "SEND\na:b^@\n\n^@",
                "SEND^@\n\n^@",
                "SEND^@\na:b\n\n^@",
                "ack\n\n^@",
                "NONSENSE\n\n^@",
                "ACK\nid:1\n\nbody^@",
                "SEND\na:1\na:2\na:3\na:4\n\n^@",
                "SEND\na:0123456789012345678901234567890123456789\n\n^@",
                "SEND\n\n0123456789012345678901^@",
                "SEND\na:01234567890123456789012345678901\na:01234567890123456789012345678901\na:01234567890123456789012345678901\n\n^@"
            })
    void anythingUnusualIsLeftToTheParser(String wire) {
        assertThat(read(wire, LIMITS)).isNull();
    }

    @Test
    void theCommandHasALimitAsWell() {
        assertThat(read("SEND\n\n^@", new FrameLimits(100, 3, 3, 20, 10, "test")))
                .isNull();
        assertThat(read("SEND\n\n^@", new FrameLimits(100, 3, 4, 20, 10, "test")))
                .isNotNull();
    }

    @Test
    void anyPartOfAnArrayIsRead() {
        byte[] wire = WireText.octets("SEND\ndestination:/a\nx:y\n\nbody^@");
        for (int before = 0; before < 20; before++) {
            for (int behind = 0; behind < 20; behind++) {
                var input = new byte[before + wire.length + behind];
                Arrays.fill(input, (byte) ':');
                System.arraycopy(wire, 0, input, before, wire.length);
                var reader = new WholeFrameReader(LIMITS);
                Frame frame = reader.read(input, before, input.length, true);
                assertThat(frame).isEqualTo(Frame.of(Command.SEND, Headers.of("destination", "/a", "x", "y"), "body"));
                assertThat(reader.end()).isEqualTo(before + wire.length);
            }
        }
    }

    @Test
    void textIsKeptWhereTheBodyIsMostOfIt() {
        String body = "x".repeat(1_000);
        Frame kept = parse("SEND\na:b\n\n" + body + "\0");
        assertThat(kept.bodyText()).isEqualTo(body);
        assertThat(kept.body().remaining()).isEqualTo(1_000);
        assertThat(kept.body().capacity()).isEqualTo(1_000);
        assertThat(kept.bodyBytes()).isEqualTo(body.getBytes(ISO_8859_1));
        assertThat(kept).isEqualTo(Frame.of(Command.SEND, Headers.of("a", "b"), body));
        assertThat(kept).hasSameHashCodeAs(Frame.of(Command.SEND, Headers.of("a", "b"), body));
        assertThat(kept.hasTextBody()).isTrue();
        assertThat(FrameWriter.text(kept, StompVersion.V1_2))
                .contains("SEND\na:b\ncontent-length:1000\n\n" + body + "\0");
        assertThat(kept.weight()).isEqualTo(parse("SEND\na:b\n\n\0").weight() + 1_011);
        assertThat(kept.with(Headers.NONE).shared().bodyText()).isEqualTo(body);
    }

    @Test
    void aSmallFrameDoesNotPinALargeText() {
        Frame small = parse("SEND\na:b\n\nbody\0SEND\n\n" + "x".repeat(1_000) + "\0");
        assertThat(small.weight()).isEqualTo(parse("SEND\na:b\n\n\0").weight() + 4);
    }

    @Test
    void theOctetsOfOthersAreCopied() {
        byte[] theirs = ("SEND\n\n" + "x".repeat(1_000) + "\0").getBytes(ISO_8859_1);
        Frame frame = parser().parse(ByteBuffer.wrap(theirs)).frames().get(0);
        Arrays.fill(theirs, (byte) 'y');
        assertThat(frame.bodyText()).isEqualTo("x".repeat(1_000));
    }

    @Test
    void oftenSeenValuesAreNotMadeAnew() {
        Headers headers = parse("SEND\ncontent-type:application/json\nheart-beat:0,0\nack:autos\n\n\0")
                .headers();
        assertThat(headers.value(0)).isSameAs("application/json");
        assertThat(headers.value(1)).isSameAs("0,0");
        assertThat(headers.value(2)).isEqualTo("autos");
    }

    private static Frame parse(String text) {
        return parser().parse(text).frames().get(0);
    }

    private static FrameParser parser() {
        return new FrameParser(AnyCut.ROOMY, StompVersion.V1_2);
    }
}
