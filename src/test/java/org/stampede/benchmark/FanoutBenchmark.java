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
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.stampede.broker.embedded.EmbeddedBroker;
import org.stampede.broker.embedded.EmbeddedBrokerLimits;
import org.stampede.security.Peer;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.FrameWriter;
import org.stampede.stomp.Headers;
import org.stampede.stomp.StompVersion;
import org.stampede.transport.CloseReason;
import org.stampede.transport.Outbox;
import org.stampede.transport.OutboxLimits;
import org.stampede.transport.Wire;

/** What one delivery costs, from the publication to the text that a container would send. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class FanoutBenchmark {

    private static final int SUBSCRIBERS = 100;

    /** Encodes as the wire of the server does, and sends it nowhere. */
    private static final class Nowhere implements Wire {

        private int length;

        @Override
        public void write(List<Frame> frames, StompVersion version, Consumer<Optional<Throwable>> done) {
            if (frames.stream().allMatch(Frame::hasTextBody)) {
                length += FrameWriter.text(frames, version).length();
            }
            done.accept(Optional.empty());
        }

        @Override
        public void close(CloseReason reason) {
            throw new IllegalStateException("closed after " + length);
        }
    }

    /** Octets of the body. */
    @Param({"64", "1024"})
    private int body;

    private final EmbeddedBroker broker = new EmbeddedBroker(EmbeddedBrokerLimits.DEFAULTS, InstantSource.system());
    private Frame message;

    /** All browsers give their subscription the same id, as pages do. */
    @Setup
    public void subscribe() {
        message = Frame.of(
                Command.SEND,
                Headers.of("destination", "/topic/stocks.quotes", "content-type", "application/json"),
                "x".repeat(body));
        for (int i = 0; i < SUBSCRIBERS; i++) {
            var outbox = new Outbox(
                    new Nowhere(), new OutboxLimits(1_000, 1 << 20, Duration.ofSeconds(10)), System::nanoTime);
            var session = broker.open(new Peer("s" + i, Optional.empty()), StompVersion.V1_2, outbox);
            session.accept(Frame.of(Command.SUBSCRIBE, "id", "sub-0", "destination", "/topic/stocks.quotes"));
            session.start("sub-0");
        }
    }

    @Benchmark
    @OperationsPerInvocation(SUBSCRIBERS)
    public Object delivery() {
        return broker.publish(message);
    }
}
