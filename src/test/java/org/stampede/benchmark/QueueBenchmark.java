package org.stampede.benchmark;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.stampede.broker.BrokerSession;
import org.stampede.broker.embedded.EmbeddedBroker;
import org.stampede.broker.embedded.EmbeddedBrokerLimits;
import org.stampede.security.Peer;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.Headers;
import org.stampede.stomp.StompVersion;
import org.stampede.transport.CloseReason;
import org.stampede.transport.Outbox;
import org.stampede.transport.OutboxLimits;
import org.stampede.transport.Wire;

/** What one message of a queue costs in the broker in memory: its SEND, its MESSAGE up to the wire, and its ACK. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class QueueBenchmark {

    /** Remembers the last frame, and sends it nowhere. */
    private static final class Nowhere implements Wire {

        private Frame last = Frame.of(Command.CONNECTED);

        @Override
        public void write(List<Frame> frames, StompVersion version, Consumer<Optional<Throwable>> done) {
            last = frames.get(frames.size() - 1);
            done.accept(Optional.empty());
        }

        @Override
        public void close(CloseReason reason) {
            throw new IllegalStateException("closed after " + last);
        }
    }

    /** How the consumer acknowledges. */
    @Param({"auto", "client", "client-individual"})
    private String ack;

    private final EmbeddedBroker broker = new EmbeddedBroker(EmbeddedBrokerLimits.DEFAULTS, InstantSource.system());
    private final Nowhere wire = new Nowhere();
    private final BrokerSession producer = open("producer", new Nowhere());
    private final BrokerSession consumer = open("consumer", wire);
    private final Frame message = Frame.of(
            Command.SEND,
            Headers.of("destination", "/queue/jobs", "content-type", "application/json"),
            "x".repeat(1024));

    private BrokerSession open(String name, Wire to) {
        var outbox = new Outbox(to, new OutboxLimits(1_000, 1 << 20, Duration.ofSeconds(10)), System::nanoTime);
        return broker.open(new Peer(name, Optional.empty()), StompVersion.V1_2, outbox);
    }

    @Setup
    public void subscribe() {
        consumer.accept(Frame.of(Command.SUBSCRIBE, "id", "sub-0", "destination", "/queue/jobs", "ack", ack));
        consumer.start("sub-0");
    }

    @Benchmark
    public Object message() {
        Object taken = producer.accept(message);
        Optional<String> id = wire.last.header("ack");
        return id.isPresent() ? consumer.accept(Frame.of(Command.ACK, "id", id.get())) : taken;
    }
}
