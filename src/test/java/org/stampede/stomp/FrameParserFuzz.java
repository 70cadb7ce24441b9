package org.stampede.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Coverage-guided search for input that the parser treats differently when it is cut differently, or that slips past a
 * limit. Without {@code JAZZER_FUZZ=1} the seeds in the resources are run, and what fuzzing found before.
 *
 * <p>An input is a version (0, 1 or 2 for what the connection has settled on, anything else for its beginning), a cut (how
 * many octets are fed at a time), then what is sent.
 */
class FrameParserFuzz {

    private static final FrameLimits LIMITS = new FrameLimits(200, 4, 40, 60, 1_000, "test");

    @FuzzTest(maxDuration = "60s")
    void cutsMakeNoDifferenceAndLimitsHold(byte[] data) {
        if (data.length < 2) {
            return;
        }
        byte[] input = Arrays.copyOfRange(data, 2, data.length);
        int version = data[0] - '0';
        FrameBatch whole = feed(version, input, Math.max(1, input.length));
        AnyCut.assertSame(feed(version, input, 1), whole);
        AnyCut.assertSame(feed(version, input, Math.max(1, data[1] & 0xFF)), whole);
        whole.frames().forEach(FrameParserFuzz::checkLimits);
        if (isKnown(version)) {
            whole.frames().forEach(frame -> checkRoundTrip(frame, version));
        }
    }

    private static boolean isKnown(int version) {
        return version >= 0 && version < StompVersion.values().length;
    }

    private static FrameBatch feed(int version, byte[] input, int cut) {
        FrameParser parser = parser(version);
        var batches = new ArrayList<FrameBatch>();
        for (int at = 0; at < input.length; at += cut) {
            batches.add(parser.parse(ByteBuffer.wrap(input, at, Math.min(cut, input.length - at))));
        }
        return AnyCut.join(batches);
    }

    private static FrameParser parser(int version) {
        return parser(version, LIMITS);
    }

    private static FrameParser parser(int version, FrameLimits limits) {
        return isKnown(version) ? new FrameParser(limits, StompVersion.values()[version]) : new FrameParser(limits);
    }

    private static void checkLimits(Frame frame) {
        assertThat(frame.bodyLength()).isLessThanOrEqualTo(LIMITS.body());
        assertThat(frame.headers().size()).isLessThanOrEqualTo(LIMITS.headers());
        frame.headers().forEach((name, value) -> {
            assertThat(name).isNotEmpty();
            assertThat(name.length() + 1 + value.length()).isLessThanOrEqualTo(LIMITS.headerLine());
        });
        assertThat(frame.bodyLength() == 0 || frame.command().mayHaveBody()).isTrue();
    }

    /** What was read can be written, and is then read as the same. */
    private static void checkRoundTrip(Frame frame, int version) {
        StompVersion written = StompVersion.values()[version];
        byte[] wire = FrameWriter.octets(frame, written);
        var parser = parser(version, AnyCut.ROOMY);
        List<Frame> read = parser.parse(ByteBuffer.wrap(wire)).frames();
        assertThat(read).hasSize(1);
        assertThat(FrameWriter.octets(read.get(0), written)).isEqualTo(wire);
        assertThat(read.get(0).bodyBytes()).isEqualTo(frame.bodyBytes());
    }
}
