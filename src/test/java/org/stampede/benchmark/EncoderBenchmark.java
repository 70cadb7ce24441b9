package org.stampede.benchmark;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.stomp.DefaultStompFrame;
import io.netty.handler.codec.stomp.StompCommand;
import io.netty.handler.codec.stomp.StompFrame;
import io.netty.handler.codec.stomp.StompSubframeEncoder;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.infra.Blackhole;
import org.springframework.messaging.Message;
import org.springframework.messaging.simp.stomp.StompDecoder;
import org.springframework.messaging.simp.stomp.StompEncoder;
import org.stampede.stomp.Frame;
import org.stampede.stomp.FrameLimits;
import org.stampede.stomp.FrameParser;
import org.stampede.stomp.FrameWriter;
import org.stampede.stomp.StompVersion;

/** What it costs to write one frame. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class EncoderBenchmark {

    @Param
    private Specimen specimen;

    private Frame frame;
    private Message<byte[]> message;
    private final StompEncoder spring = new StompEncoder();
    private EmbeddedChannel netty;

    /** Everybody writes the same frame, in a form of their own. */
    @Setup
    public void prepare() {
        var parser = new FrameParser(new FrameLimits(1 << 20, 100, 10_240, 1 << 20, 1_000, "limit"));
        parser.parse(Specimen.CONNECT.text());
        frame = parser.parse(specimen.text()).frames().get(0);
        message = new StompDecoder().decode(ByteBuffer.wrap(specimen.octets())).get(0);
        netty = new EmbeddedChannel(new StompSubframeEncoder());
    }

    @Benchmark
    public byte[] stampede() {
        return FrameWriter.octets(frame, StompVersion.V1_2);
    }

    /** Text, as most clients get it. */
    @Benchmark
    public Optional<String> stampedeText() {
        return FrameWriter.text(frame, StompVersion.V1_2);
    }

    @Benchmark
    public byte[] spring() {
        return spring.encode(message);
    }

    /** Netty may write a head and a body apiece. */
    @Benchmark
    public void netty(Blackhole sink) {
        StompFrame outgoing = new DefaultStompFrame(
                StompCommand.valueOf(frame.command().name()), Unpooled.wrappedBuffer(frame.body()));
        frame.headers().forEach((name, value) -> outgoing.headers().add(name, value));
        netty.writeOutbound(outgoing);
        for (Object piece = netty.readOutbound(); piece != null; piece = netty.readOutbound()) {
            sink.consume(piece);
            ReferenceCountUtil.release(piece);
        }
    }
}
