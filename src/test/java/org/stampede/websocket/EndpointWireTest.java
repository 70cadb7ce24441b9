package org.stampede.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.stampede.stomp.StompVersion;
import org.stampede.testing.ManualExecutor;
import org.stampede.transport.CloseReason;

class EndpointWireTest {

    private final ManualExecutor executor = new ManualExecutor();
    private final RecordingSession network = new RecordingSession();
    private final List<SendHandler> writes = network.writes();
    private final List<Integer> closes = network.closes();
    private final List<Optional<Throwable>> results = new ArrayList<>();
    /** How often the session was found closed. */
    private int found;

    private final EndpointWire wire = new EndpointWire(network.session(), executor, () -> found++);

    private void write() {
        wire.write(List.of(), StompVersion.V1_2, results::add);
    }

    @Test
    void aCloseWithNothingUnderWayIsDoneAtOnce() {
        write();
        writes.get(0).onResult(new SendResult());
        wire.close(CloseReason.GOING_AWAY);
        assertThat(results).containsExactly(Optional.empty());
        assertThat(closes).containsExactly(1001);
    }

    @Test
    void aCloseDuringAWriteDoesNotKeepTheCallerWaiting() {
        write();
        wire.close(CloseReason.POLICY);
        assertThat(closes).isEmpty();
        executor.runAll();
        assertThat(closes).containsExactly(1008);
    }

    @Test
    void aCloseDuringAWriteIsDoneEvenIfTheApplicationEnds() {
        var late = new EndpointWire(
                network.session(),
                task -> {
                    throw new RejectedExecutionException("The end.");
                },
                () -> {});
        late.write(List.of(), StompVersion.V1_2, results::add);
        late.close(CloseReason.GOING_AWAY);
        assertThat(closes).containsExactly(1001);
    }

    @Test
    void aWriteThatEndsAfterTheSessionIsToldToNobody() {
        write();
        wire.forget();
        writes.get(0).onResult(new SendResult());
        assertThat(results).isEmpty();
        wire.close(CloseReason.GOING_AWAY);
        assertThat(closes).as("nothing is under way any more").containsExactly(1001);
    }

    @Test
    void aPingDoesNotKeepTheCallerWaiting() {
        wire.ping(results::add);
        assertThat(network.pings()).isZero();
        assertThat(results).isEmpty();
        executor.runAll();
        assertThat(network.pings()).isEqualTo(1);
        assertThat(results).containsExactly(Optional.empty());
        wire.close(CloseReason.NORMAL);
        assertThat(closes).containsExactly(1000);
    }

    @Test
    void aCloseDuringAPingDoesNotKeepTheCallerWaiting() {
        wire.ping(results::add);
        wire.close(CloseReason.POLICY);
        assertThat(closes).isEmpty();
        executor.runAll();
        assertThat(closes).containsExactly(1008);
    }

    @Test
    void aPingFailsWhenTheApplicationEnds() {
        var end = new RejectedExecutionException("The end.");
        var late = new EndpointWire(
                network.session(),
                task -> {
                    throw end;
                },
                () -> {});
        late.ping(results::add);
        assertThat(results).containsExactly(Optional.of(end));
    }

    @Test
    void whyAWriteFailedIsTold() {
        write();
        var cause = new IllegalStateException("broken");
        writes.get(0).onResult(new SendResult(cause));
        assertThat(results).containsExactly(Optional.of(cause));
    }

    @Test
    void aWriteOfASessionThatWasClosedSilentlyFails() {
        network.vanish();
        assertThat(wire.isOpen()).isFalse();
        write();
        assertThat(results).hasSize(1);
        assertThat(results.get(0)).containsInstanceOf(IOException.class);
        assertThat(found).isEqualTo(1);
        writes.get(0).onResult(new SendResult());
        assertThat(results).hasSize(1);
    }

    @Test
    void aFailureSaysNothingOfOtherSessions() {
        write();
        writes.get(0).onResult(new SendResult(new IllegalStateException("broken")));
        assertThat(found).isZero();
    }

    @Test
    void aWriteThatFailsAfterTheEndWasToldSaysNothingNew() {
        write();
        wire.forget();
        network.vanish();
        writes.get(0).onResult(new SendResult(new IOException("broken")));
        assertThat(found).isZero();
    }
}
