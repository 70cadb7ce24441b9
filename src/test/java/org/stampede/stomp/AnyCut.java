package org.stampede.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stampede.testing.WireText;

/**
 * Feeds a parser with input that is cut in each way that matters: whole, octet by octet, as text where it is text, and glued
 * to neighbours. All must yield the same.
 */
final class AnyCut {

    static final FrameLimits ROOMY = new FrameLimits(1 << 22, 1_000, 1 << 16, 1 << 21, 1_000, "test");

    private static final byte[] NEIGHBOUR = WireText.octets("SEND\ndestination:/neighbour\n\nnext door^@");

    private final Optional<StompVersion> version;
    private final FrameLimits limits;

    private AnyCut(Optional<StompVersion> version, FrameLimits limits) {
        this.version = version;
        this.limits = limits;
    }

    /** Input of a connection that has settled on a version. */
    static AnyCut of(StompVersion version) {
        return new AnyCut(Optional.of(version), ROOMY);
    }

    /** Input at the beginning of a connection. */
    static AnyCut atStart() {
        return new AnyCut(Optional.empty(), ROOMY);
    }

    AnyCut with(FrameLimits newLimits) {
        return new AnyCut(version, newLimits);
    }

    /** What wire text yields; {@code ^@} is a NUL. */
    FrameBatch read(String wire) {
        return read(WireText.octets(wire));
    }

    /** The frames of sound wire text. */
    List<Frame> frames(String wire) {
        FrameBatch batch = read(wire);
        assertThat(batch.fault().map(StompException::detail)).isEmpty();
        return batch.frames();
    }

    /** The only frame of sound wire text. */
    Frame frame(String wire) {
        List<Frame> frames = frames(wire);
        assertThat(frames).hasSize(1);
        return frames.get(0);
    }

    /** The detail of the fault in wire text that yields no frame. */
    String fault(String wire) {
        FrameBatch batch = read(wire);
        assertThat(batch.frames()).isEmpty();
        assertThat(batch.fault()).isPresent();
        return batch.fault().orElseThrow().detail();
    }

    FrameBatch read(byte[] octets) {
        FrameBatch whole = feed(List.of(octets));
        assertSame(feed(singly(octets)), whole);
        assertSame(feed(List.of(new byte[0], octets, new byte[0])), whole);
        assertSameAsText(octets, whole);
        assertGlued(octets, whole);
        return whole;
    }

    private void assertSameAsText(byte[] octets, FrameBatch expected) {
        var text = new String(octets, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') < 0) {
            assertSame(join(List.of(parser().parse(text))), expected);
            FrameParser parser = parser();
            assertSame(
                    join(text.codePoints()
                            .mapToObj(c -> parser.parse(Character.toString(c)))
                            .toList()),
                    expected);
        }
    }

    private void assertGlued(byte[] octets, FrameBatch expected) {
        List<Frame> neighbour = feed(List.of(NEIGHBOUR)).frames();
        boolean ended = expected.fault().isEmpty() && (octets.length == 0 || octets[octets.length - 1] <= '\n');
        if (neighbour.isEmpty() || version.isEmpty()) {
            // Nothing may stand before CONNECT.
            return;
        }
        var frames = new ArrayList<>(neighbour);
        frames.addAll(expected.frames());
        if (ended) {
            frames.addAll(neighbour);
        }
        byte[] glued = concat(NEIGHBOUR, octets, ended ? NEIGHBOUR : new byte[0]);
        assertSame(feed(List.of(glued)), new FrameBatch(frames, expected.fault(), expected.version()));
        assertSame(feed(singly(glued)), new FrameBatch(frames, expected.fault(), expected.version()));
    }

    private FrameBatch feed(List<byte[]> pieces) {
        FrameParser parser = parser();
        return join(pieces.stream()
                .map(piece -> parser.parse(ByteBuffer.wrap(piece)))
                .toList());
    }

    private FrameParser parser() {
        return version.map(v -> new FrameParser(limits, v)).orElseGet(() -> new FrameParser(limits));
    }

    /** The batches of all pieces as one; nothing may follow a fault. */
    static FrameBatch join(List<FrameBatch> batches) {
        var frames = new ArrayList<Frame>();
        Optional<StompException> fault = Optional.empty();
        Optional<StompException> parserFault = Optional.empty();
        for (FrameBatch raw : batches) {
            boolean foundByParser = fault.isPresent() && fault.equals(parserFault);
            if (foundByParser) {
                assertThat(raw).isEqualTo(FrameBatch.EMPTY);
            } else if (fault.isPresent()) {
                // The parser cannot know of what its reader found; the session hears nothing more.
                continue;
            }
            FrameBatch batch = raw.readAs(StompVersion.V1_2);
            parserFault = raw.fault();
            frames.addAll(batch.frames());
            fault = fault.or(batch::fault);
        }
        return new FrameBatch(frames, fault, Optional.of(StompVersion.V1_2));
    }

    static void assertSame(FrameBatch actual, FrameBatch expected) {
        assertThat(actual.frames()).isEqualTo(expected.frames());
        assertThat(actual.fault().map(StompException::detail))
                .isEqualTo(expected.fault().map(StompException::detail));
    }

    static List<byte[]> singly(byte[] octets) {
        var pieces = new ArrayList<byte[]>(octets.length);
        for (byte octet : octets) {
            pieces.add(new byte[] {octet});
        }
        return pieces;
    }

    private static byte[] concat(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
