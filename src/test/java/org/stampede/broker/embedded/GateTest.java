package org.stampede.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.stampede.testing.StompItem;

@StompItem(52)
final class GateTest {

    private final Gate gate = new Gate();

    @Test
    void nobodyPassesOnceItIsShut() {
        assertThat(gate.enter()).isTrue();
        gate.leave();
        assertThat(gate.isShut()).isFalse();

        assertThat(gate.shut().toCompletableFuture()).isCompleted();

        assertThat(gate.enter()).isFalse();
        assertThat(gate.isShut()).isTrue();
    }

    @Test
    void itTellsWhenTheLastOfThoseInsideHasLeft() {
        gate.enter();
        gate.enter();
        var left = gate.shut().toCompletableFuture();
        gate.enter();
        gate.leave();
        assertThat(left).isNotDone();

        gate.leave();

        assertThat(left).isCompleted();
        assertThat(gate.shut().toCompletableFuture()).isCompleted();
    }

    @Test
    void shuttingItAgainTellsTheSame() {
        gate.enter();
        gate.shut();
        var left = gate.shut().toCompletableFuture();
        assertThat(left).isNotDone();
        gate.leave();
        assertThat(left).isCompleted();
    }
}
