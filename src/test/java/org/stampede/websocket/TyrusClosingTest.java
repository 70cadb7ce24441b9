package org.stampede.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.SendResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stampede.stomp.StompVersion;
import org.stampede.testing.ManualExecutor;
import org.stampede.transport.CloseReason;

class TyrusClosingTest {

    private final ManualExecutor executor = new ManualExecutor();
    private final ManualExecutor later = new ManualExecutor();
    private final RecordingSession network = new RecordingSession();
    private final EndpointWire endpointWire = new EndpointWire(network.session(), executor, () -> {});
    private final TyrusClosing wire = new TyrusClosing(endpointWire, later);
    private final List<Optional<Throwable>> results = new ArrayList<>();

    @Test
    void aCloseWaitsForAThreadThatReads() {
        wire.close(CloseReason.NORMAL);
        executor.runAll();
        assertThat(network.pings()).isEqualTo(1);
        assertThat(network.closes()).isEmpty();
        wire.read();
        assertThat(network.closes()).containsExactly(1000);
        wire.read();
        later.runAll();
        assertThat(network.closes()).as("nothing is closed twice").hasSize(1);
    }

    @Test
    void theAnswerMayBeFasterThanTheReturnOfThePing() {
        wire.close(CloseReason.NORMAL);
        wire.read();
        assertThat(network.closes()).containsExactly(1000);
    }

    @Test
    void whoSendsNothingIsClosedByAnotherThread() {
        wire.close(CloseReason.POLICY);
        executor.runAll();
        later.runAll();
        assertThat(network.closes()).containsExactly(1008);
    }

    @Test
    void whoHasHungUpIsNotClosed() {
        wire.close(CloseReason.POLICY);
        wire.forget();
        later.runAll();
        assertThat(network.closes()).isEmpty();
    }

    @Test
    void theFirstOfTwoReasonsCounts() {
        wire.close(CloseReason.TOO_BIG);
        wire.close(CloseReason.POLICY);
        executor.runAll();
        assertThat(network.pings()).isEqualTo(1);
        wire.read();
        assertThat(network.closes()).containsExactly(1009);
    }

    @Test
    void anApplicationThatEndsDoesNotWait() {
        wire.close(CloseReason.GOING_AWAY);
        assertThat(network.closes()).containsExactly(1001);
    }

    @Test
    void anApplicationThatHasEndedDoesNotWait() {
        executor.shutDown();
        later.shutDown();
        wire.close(CloseReason.POLICY);
        assertThat(network.closes()).containsExactly(1008);
    }

    @Test
    void whatIsReadOtherwiseClosesNothing() {
        wire.write(List.of(), StompVersion.V1_2, results::add);
        wire.read();
        network.writes().get(0).onResult(new SendResult());
        assertThat(results).containsExactly(Optional.empty());
        assertThat(network.closes()).isEmpty();
    }
}
