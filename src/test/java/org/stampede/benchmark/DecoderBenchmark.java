package org.stampede.benchmark;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.stomp.StompSubframeDecoder;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
import org.stampede.stomp.FrameBatch;
import org.stampede.stomp.FrameLimits;
import org.stampede.stomp.FrameParser;

/** What it costs to read one whole frame. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DecoderBenchmark {

    @Param
    private Specimen specimen;

    private byte[] octets;
    private String text;
    private FrameParser parser;
    private final StompDecoder spring = new StompDecoder();
    private EmbeddedChannel netty;

    /** The version is known already, as in the midst of a connection. */
    @Setup
    public void prepare() {
        octets = specimen.octets();
        text = specimen.text();
        parser = new FrameParser(new FrameLimits(1 << 20, 100, 10_240, 1 << 20, 1_000, "limit"));
        parser.parse(Specimen.CONNECT.text());
        netty = new EmbeddedChannel(new StompSubframeDecoder());
    }

    /** Octets, as binary WebSocket messages bring them. */
    @Benchmark
    public FrameBatch stampede() {
        return parser.parse(ByteBuffer.wrap(octets));
    }

    /** Text, as most clients send it, and containers hand it over. */
    @Benchmark
    public FrameBatch stampedeText() {
        return parser.parse(text);
    }

    @Benchmark
    public List<Message<byte[]>> spring() {
        return spring.decode(ByteBuffer.wrap(octets));
    }

    /** Netty hands out a head and a body apiece. */
    @Benchmark
    public void netty(Blackhole sink) {
        netty.writeInbound(Unpooled.wrappedBuffer(octets));
        for (Object piece = netty.readInbound(); piece != null; piece = netty.readInbound()) {
            sink.consume(piece);
            ReferenceCountUtil.release(piece);
        }
    }

    /** What no decoder can do without: finding the NUL, and making text of the rest. */
    @Benchmark
    public String floor() {
        int nul = 0;
        while (octets[nul] != 0) {
            nul++;
        }
        return new String(octets, 0, nul, StandardCharsets.UTF_8);
    }
}
