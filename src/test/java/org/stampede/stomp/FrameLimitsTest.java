package org.stampede.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.StompVersion.V1_0;
import static org.stampede.stomp.StompVersion.V1_1;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.testing.StompItem;
import org.stampede.testing.WireText;

/** Limits on what is received (STOMP 1.2, section Size Limits): exactly as much passes, one more does not. */
@StompItem(15)
class FrameLimitsTest {

    private static final FrameLimits ROOMY = AnyCut.ROOMY;

    private static FrameLimits frame(int octets) {
        return new FrameLimits(octets, ROOMY.headers(), ROOMY.headerLine(), ROOMY.body(), 1_000, "stampede.limit");
    }

    private static FrameLimits headers(int entries) {
        return new FrameLimits(ROOMY.frame(), entries, ROOMY.headerLine(), ROOMY.body(), 1_000, "stampede.limit");
    }

    private static FrameLimits headerLine(int octets) {
        return new FrameLimits(ROOMY.frame(), ROOMY.headers(), octets, ROOMY.body(), 1_000, "stampede.limit");
    }

    private static FrameLimits body(int octets) {
        return new FrameLimits(ROOMY.frame(), ROOMY.headers(), ROOMY.headerLine(), octets, 1_000, "stampede.limit");
    }

    private static AnyCut limited(FrameLimits limits) {
        return AnyCut.atStart().with(limits);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SEND\na:b\n\nbody^@", "SEND\r\na:b\r\n\r\n^@", "SEND\ncontent-length:2\n\n^@^@^@", "BEGIN\n\n^@"
            })
    void frame(String wire) {
        int length = WireText.octets(wire).length;
        assertThat(limited(frame(length)).frames(wire + "\n\n\n\n" + wire)).hasSize(2);
        assertThat(limited(frame(length - 1)).fault(wire))
                .isEqualTo("The limit for the octets of a frame is " + (length - 1)
                        + " octets (setting stampede.limit.frame).");
    }

    @Test
    void headers() {
        assertThat(limited(headers(3)).frames("SEND\na:1\na:2\na:3\n\n^@")).hasSize(1);
        assertThat(limited(headers(3)).fault("SEND\na:1\na:2\na:3\na:4\n\n^@"))
                .isEqualTo("The limit for the headers of a frame is 3 entries (setting stampede.limit.headers).");
        assertThat(limited(headers(0)).frames("BEGIN\n\n^@")).hasSize(1);
    }

    @Test
    void headerLine() {
        assertThat(limited(headerLine(5)).frames("SEND\nab:12\n\n^@")).hasSize(1);
        assertThat(limited(headerLine(5)).frames("SEND\r\nab:12\r\n\r\n^@")).hasSize(1);
        assertThat(limited(headerLine(5)).fault("SEND\nab:123\n\n^@"))
                .isEqualTo("The limit for a header line is 5 octets (setting stampede.limit.header-line).");
        assertThat(limited(headerLine(5)).fault("SEND\r\nab:123\r\n\r\n^@")).contains("header-line");
        assertThat(limited(headerLine(5)).fault("SEND\nab:1234567890")).contains("header-line");
    }

    @Test
    void headerLineIsCountedInOctetsBeforeUnescaping() {
        assertThat(limited(headerLine(6)).frames("SEND\na:😀\n\n^@")).hasSize(1);
        assertThat(limited(headerLine(5)).fault("SEND\na:😀\n\n^@")).contains("header-line");
        assertThat(limited(headerLine(5)).fault("SEND\na:\\n\\n\n\n^@")).contains("header-line");
    }

    @Test
    void carriageReturnCountsWhereItIsPartOfTheLine() {
        AnyCut version11 = AnyCut.of(V1_1).with(headerLine(30));
        assertThat(version11.frames("SEND\ndestination:" + "x".repeat(17) + "\r\n\n^@"))
                .hasSize(1);
        assertThat(version11.fault("SEND\ndestination:" + "x".repeat(18) + "\r\n\n^@"))
                .contains("header-line");
    }

    @Test
    void commandLine() {
        assertThat(limited(headerLine(5)).fault("SENDING\n\n^@")).contains("header-line");
        assertThat(limited(headerLine(5)).fault("\u0001".repeat(100))).contains("header-line");
    }

    @Test
    void body() {
        assertThat(limited(body(4)).frames("SEND\n\nbody^@SEND\ncontent-length:4\n\nb^@^@^@^@"))
                .hasSize(2);
        assertThat(limited(body(4)).fault("SEND\n\nbodyx^@"))
                .isEqualTo("The limit for the body of a frame is 4 octets (setting stampede.limit.body).");
        assertThat(limited(body(4)).fault("SEND\n\nbodyx")).contains("body");
    }

    @Test
    void announcedBodyIsRefusedBeforeItComes() {
        assertThat(limited(body(4)).fault("SEND\ncontent-length:5\n\n")).contains("stampede.limit.body");
    }

    @Test
    void droppedBodyOfVersion10IsBoundedToo() {
        AnyCut version10 = AnyCut.of(V1_0).with(body(20));
        assertThat(version10.frames("ACK\n\n" + "x".repeat(20) + "^@")).hasSize(1);
        assertThat(version10.fault("ACK\n\n" + "x".repeat(21) + "^@")).contains("stampede.limit.body");
    }

    @Test
    void whatComesFirstIsTheFault() {
        var limits = new FrameLimits(20, 2, 10, 5, 1_000, "test");
        assertThat(limited(limits).fault("SEND\na:12345678^@9")).contains("empty line must precede");
        assertThat(limited(limits).fault("SEND\na:123456789^@")).contains("empty line must precede");
        assertThat(limited(limits).fault("SEND\na:1234567890^@")).contains("test.header-line");
        assertThat(limited(limits).fault("SEND\na:123\na:1234567890123456789")).contains("test.frame");
        assertThat(limited(limits).fault("SEND\na:1\nb:2\nc:3456789012345")).contains("test.frame");
        assertThat(limited(limits).fault("SEND\na:1\n\n12345678901234567890")).contains("test.body");
    }

    @Test
    void framesBeforeTheFaultAreKeptAndNothingIsReadAfterIt() {
        FrameBatch batch = limited(body(4)).read("BEGIN\n\n^@SEND\n\nbody^@SEND\n\nlarge^@BEGIN\n\n^@");
        assertThat(batch.frames()).hasSize(2);
        assertThat(batch.fault().orElseThrow()).isInstanceOf(LimitExceededException.class);
        assertThat(batch.fault().orElseThrow().summary()).isEqualTo("Limit exceeded: the body of a frame");
    }

    @Test
    void claimedContentLengthAllocatesNothingAhead() {
        var parser = new FrameParser(new FrameLimits(1 << 30, 10, 100, 1 << 30, 1_000, "test"));
        byte[] head = WireText.octets("SEND\ncontent-length:1000000000\n\nfirst octets");
        parser.parse(ByteBuffer.wrap(WireText.octets("SEND\n\nwarm^@")));
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        parser.parse(ByteBuffer.wrap(head));
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000_000);
    }

    @Test
    void feedingAMebibyteOctetByOctetIsLinear() {
        int length = 1 << 20;
        for (String head : new String[] {"SEND\n\n", "SEND\ncontent-length:" + length + "\n\n", "SEND\na:"}) {
            var parser = new FrameParser(new FrameLimits(2 * length, 10, 2 * length, 2 * length, 1_000, "test"));
            parser.parse(head);
            var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            var octet = ByteBuffer.wrap(new byte[] {'x'});
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < length; i++) {
                parser.parse(octet.rewind());
            }
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            FrameBatch batch = parser.parse(head.endsWith(":") ? "\n\n\0" : "\0");
            assertThat(batch.frames()).hasSize(1);
            // Quadratic growth would be hundreds of gigabytes; time is measured elsewhere.
            assertThat(allocated / length).isLessThan(200);
        }
    }
}
