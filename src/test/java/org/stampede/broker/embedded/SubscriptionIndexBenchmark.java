package org.stampede.broker.embedded;

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
import org.stampede.destination.DestinationPattern;

/** What it costs to find the subscriptions that a message is for. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SubscriptionIndexBenchmark {

    private static final int PLACES = 200;

    /** Subscriptions of the destination that is asked for; as many sessions subscribe to each of the 200 others. */
    @Param({"1", "100"})
    private int subscribers;

    private final SubscriptionIndex<Object> index = new SubscriptionIndex<>();

    /** 200 tickers by name, and two subscriptions with wildcards. */
    @Setup
    public void subscribe() {
        for (int place = 0; place < PLACES; place++) {
            for (int i = 0; i < subscribers; i++) {
                index.add(pattern("/topic/stocks." + place), Optional.of(place + "." + i));
            }
        }
        index.add(pattern("/topic/*"), new Object());
        index.add(pattern("/topic/news.**"), new Object());
    }

    private static DestinationPattern pattern(String text) {
        return DestinationPattern.ofSubscription(text);
    }

    /** A destination that somebody subscribes to by name. */
    @Benchmark
    public int named(Blackhole sink) {
        return index.visit("/topic/stocks.17", sink::consume);
    }

    /** A destination that nobody subscribes to. */
    @Benchmark
    public int nobody(Blackhole sink) {
        return index.visit("/topic/weather.17", sink::consume);
    }
}
