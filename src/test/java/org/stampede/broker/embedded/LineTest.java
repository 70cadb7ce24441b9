package org.stampede.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LineTest {

    private final Line<String> line = new Line<>(String::length, 3, 10);
    private final List<String> sent = new ArrayList<>();

    @Test
    void nothingIsSentUntilItIsOpened() {
        line.add("a");
        line.drain(sent::add);
        assertThat(sent).isEmpty();

        line.open();
        line.drain(sent::add);

        assertThat(sent).containsExactly("a");
        assertThat(line.isDissolved()).isFalse();
    }

    @Test
    void whatIsAddedWhileSendingIsSentAfterwardsAndNotInBetween() {
        line.open();
        line.add("a");
        line.drain(element -> {
            if (element.equals("a")) {
                line.add("b");
                line.drain(e -> sent.add("too early"));
            }
            sent.add(element);
        });

        assertThat(sent).containsExactly("a", "b");
    }

    @Test
    void itDissolvesOnceAllIsSent() {
        line.add("a");
        line.dissolve();
        assertThat(line.isDissolved()).isFalse();
        line.drain(element -> {
            assertThat(line.isDissolved()).isFalse();
            sent.add(element);
        });

        assertThat(line.isDissolved()).isTrue();
        assertThat(line.add("b")).isEqualTo(Line.Place.DISSOLVED);
        assertThat(sent).containsExactly("a");
    }

    @Test
    void itIsBoundedInElementsAndOctets() {
        assertThat(line.add("x".repeat(100))).isEqualTo(Line.Place.TAKEN);
        assertThat(line.add("a")).isEqualTo(Line.Place.FULL);
        line.open();
        line.drain(sent::add);
        assertThat(line.add("a")).isEqualTo(Line.Place.TAKEN);
        assertThat(line.add("b")).isEqualTo(Line.Place.TAKEN);
        assertThat(line.add("c")).isEqualTo(Line.Place.TAKEN);
        assertThat(line.add("d")).isEqualTo(Line.Place.FULL);
    }

    @Test
    void itTakesNothingOnceItHasEnded() {
        line.add("a");
        assertThat(line.end()).containsExactly("a");
        line.open();
        line.drain(sent::add);

        assertThat(line.add("b")).isEqualTo(Line.Place.ENDED);
        assertThat(sent).isEmpty();
    }
}
