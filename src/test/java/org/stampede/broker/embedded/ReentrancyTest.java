package org.stampede.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.broker.embedded.TestBroker.accepted;
import static org.stampede.broker.embedded.TestBroker.subscribeFrame;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.broker.BrokerSession;
import org.stampede.security.Peer;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.StompVersion;
import org.stampede.testing.ManualClock;
import org.stampede.testing.StompItem;
import org.stampede.transport.CloseReason;
import org.stampede.transport.Outbox;
import org.stampede.transport.OutboxLimits;
import org.stampede.transport.Wire;

/** Peers that act while a frame is being written to them, on the very thread that writes. */
final class ReentrancyTest {

    /** Calls its peer back from within the write. */
    private static final class EagerPeer implements Wire {

        final List<String> bodies = new ArrayList<>();
        final BrokerSession session;
        final Outbox outbox;
        Consumer<Frame> reaction = frame -> {};

        EagerPeer(EmbeddedBroker broker, int frames) {
            outbox = new Outbox(this, new OutboxLimits(frames, 1 << 20, Duration.ofSeconds(1)), new ManualClock());
            session = broker.open(new Peer("s", Optional.empty()), StompVersion.V1_2, outbox);
        }

        EagerPeer subscribe(String id, String destination, String... headers) {
            accepted(session.accept(subscribeFrame(id, destination, headers)));
            session.start(id);
            return this;
        }

        @Override
        public void write(List<Frame> frames, StompVersion version, Consumer<Optional<Throwable>> done) {
            frames.forEach(frame -> {
                bodies.add(frame.bodyText());
                reaction.accept(frame);
            });
            done.accept(Optional.empty());
        }

        @Override
        public void close(CloseReason reason) {
            // Nobody is there.
        }
    }

    private final TestBroker broker = new TestBroker();

    private EagerPeer peer() {
        return new EagerPeer(broker.broker, 10_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/topic/x", "/queue/x"})
    @StompItem(52)
    void anUnsubscribeIsProcessedOnlyWhenNoMessageIsOnItsWayToTheOutbox(String destination) {
        var peer = peer().subscribe("0", destination);
        var stages = new ArrayList<CompletionStage<Void>>();
        peer.reaction = frame -> {
            stages.add(peer.session.accept(Frame.of(Command.UNSUBSCRIBE, "id", "0")));
            assertThat(stages.get(0).toCompletableFuture()).isNotDone();
        };

        broker.publish(destination, "1");
        broker.publish(destination, "2");

        assertThat(stages).hasSize(1);
        assertThat(stages.get(0).toCompletableFuture()).isCompleted();
        assertThat(peer.bodies).containsExactly("1");
    }

    @Test
    void aPeerThatAcknowledgesAtOnceGetsALongBacklogWithoutRecursion() {
        int messages = 9_000;
        for (int i = 0; i < messages; i++) {
            broker.publish("/queue/x", "");
        }
        var peer = peer();
        peer.reaction = frame -> accepted(peer.session.accept(
                Frame.of(Command.ACK, "id", frame.header("ack").orElseThrow())));
        peer.subscribe("0", "/queue/x", "ack:client-individual", "prefetch-count:1");

        assertThat(peer.bodies).hasSize(messages);
        assertThat(broker.broker.queues().count()).isEqualTo(2);
    }

    @Test
    void aPeerThatAnswersToItsOwnQueueGetsTheAnswersWithoutRecursion() {
        var peer = peer().subscribe("0", "/queue/x");
        peer.reaction = frame -> {
            int left = Integer.parseInt(frame.bodyText());
            if (left > 0) {
                broker.publish("/queue/x", String.valueOf(left - 1));
            }
        };
        broker.publish("/queue/x", "9000");

        assertThat(peer.bodies).hasSize(9_001);
    }

    @Test
    void peersThatPlayPingPongOverTwoQueuesDoSoWithoutRecursion() {
        var a = peer().subscribe("0", "/queue/a");
        var b = peer().subscribe("0", "/queue/b");
        a.reaction = frame -> pass(frame, "/queue/b");
        b.reaction = frame -> pass(frame, "/queue/a");
        broker.publish("/queue/a", "9000");

        assertThat(a.bodies).hasSize(4_501);
        assertThat(b.bodies).hasSize(4_500);
    }

    private void pass(Frame frame, String destination) {
        int left = Integer.parseInt(frame.bodyText());
        if (left > 0) {
            broker.publish(destination, String.valueOf(left - 1));
        }
    }

    @Test
    void aPeerThatDiesWhileItIsWrittenToLosesNothingThatWasNotWritten() {
        for (int i = 1; i <= 3; i++) {
            broker.publish("/queue/x", String.valueOf(i));
        }
        var peer = peer();
        peer.reaction = frame -> {
            peer.outbox.abandon();
            peer.session.close();
        };
        peer.subscribe("0", "/queue/x", "ack:client");
        var next = peer().subscribe("0", "/queue/x");

        assertThat(peer.bodies).containsExactly("1");
        assertThat(next.bodies).containsExactly("1", "2", "3");
    }

    @Test
    void sessionsThatEndAsTheirOutboxOverflowsDoSoOneAfterTheOther() {
        var dying = new ArrayList<TestBroker.Client>();
        for (int i = 0; i < 200; i++) {
            var client = broker.client(1);
            client.outbox.onOverflow(client.session::close);
            client.wire.hold();
            client.subscribe("0", "/queue/x");
            dying.add(client);
        }
        for (int i = 0; i < 500; i++) {
            broker.publish("/queue/x", String.valueOf(i));
        }
        var survivor = peer().subscribe("0", "/queue/x");

        assertThat(survivor.bodies).hasSize(500);
        dying.forEach(client -> client.wire.skipAll());
    }
}
