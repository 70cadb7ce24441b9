package org.stampede.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.stampede.testing.StompItem;
import org.stampede.testing.WireText;

/** Frames of a parser that never saw CONNECT, understood once the version is known. */
class FrameBatchTest {

    private static FrameBatch raw(String wire) {
        return new FrameParser(AnyCut.ROOMY).parse(WireText.text(wire));
    }

    private static Headers read(String wire, StompVersion version) {
        return raw(wire).readAs(version).frames().get(0).headers();
    }

    @Test
    @StompItem(9)
    void escapesAreThoseOfTheVersion() {
        String wire = "SEND\nx:a\\cb\\n\n\n^@";
        assertThat(read(wire, StompVersion.V1_2).first("x")).contains("a:b\n");
        assertThat(read(wire, StompVersion.V1_1).first("x")).contains("a:b\n");
        assertThat(read(wire, StompVersion.V1_0).first("x")).contains("a\\cb\\n");
    }

    @Test
    @StompItem(10)
    void anUndefinedEscapeIsAFaultBehindTheFramesBeforeIt() {
        FrameBatch batch = raw("BEGIN\nx:1\n\n^@SEND\nx:\\r\n\n^@SEND\n\n^@");
        assertThat(batch.readAs(StompVersion.V1_2).frames()).hasSize(3);
        assertThat(batch.readAs(StompVersion.V1_1).frames()).hasSize(1);
        assertThat(batch.readAs(StompVersion.V1_1).fault().orElseThrow().detail())
                .contains("STOMP 1.1");
    }

    @Test
    @StompItem(2)
    void aCarriageReturnEndsLinesInTheNewestVersionOnly() {
        String wire = "SEND\r\nx:1\r\n\r\n^@";
        assertThat(read(wire, StompVersion.V1_2).first("x")).contains("1");
        assertThat(read(wire, StompVersion.V1_1).first("x")).contains("1\r");
    }

    @Test
    @StompItem({6, 8})
    void paddingAndBodiesAreThoseOfTheVersion() {
        FrameBatch batch = raw("SUBSCRIBE\nid: 1 \ncontent-length:4\r\n\r\nbody^@");
        assertThat(batch.readAs(StompVersion.V1_2).fault()).isPresent();
        Frame old = batch.readAs(StompVersion.V1_0).frames().get(0);
        assertThat(old.header("id")).contains("1");
        assertThat(old.bodyLength()).isZero();
    }

    @Test
    void whatWasUnderstoodAlreadyStaysAsItIs() {
        FrameBatch batch = raw("CONNECT\naccept-version:1.2\n\n^@SEND\nx:\\\\c\n\n^@");
        assertThat(batch.readAs(StompVersion.V1_2)).isSameAs(batch);
        assertThat(batch.frames().get(1).headers().all("x")).isEqualTo(List.of("\\c"));
    }
}
