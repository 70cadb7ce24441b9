package org.stampede.load;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What one load came to in one round.
 *
 * @param contender     who
 * @param load          {@code flood}, or deliveries a second
 * @param subscribers   how many
 * @param body          octets of a body
 * @param perSecond     deliveries a second that were reached
 * @param cpuMicros     processor time of the server for a delivery
 * @param p50           latency in microseconds, half of the deliveries were faster
 * @param p99           the same for 99 of 100
 * @param clientPercent how busy the thread was that reads for all clients
 */
record Measurement(
        String contender,
        String load,
        int subscribers,
        int body,
        double perSecond,
        double cpuMicros,
        long p50,
        long p99,
        double clientPercent) {

    /** What rounds have in common. */
    List<Object> subject() {
        return List.of(contender, load, subscribers, body);
    }

    /** Rounds of one subject as a row of a table in Markdown: medians, behind those that vary most the least and the most. */
    static String row(List<Measurement> rounds) {
        Measurement any = rounds.get(0);
        return String.format(
                Locale.ROOT,
                "| %s | %s | %d | %d | %.0f | %s | %s | %s | %.0f |",
                any.contender,
                any.load,
                any.subscribers,
                any.body,
                median(rounds, Measurement::perSecond),
                spread(rounds, Measurement::cpuMicros),
                spread(rounds, round -> round.p50 / 1e3),
                spread(rounds, round -> round.p99 / 1e3),
                median(rounds, Measurement::clientPercent));
    }

    private static String spread(List<Measurement> rounds, ToDoubleFunction<Measurement> what) {
        String median = String.format(Locale.ROOT, "%.1f", median(rounds, what));
        if (rounds.size() == 1) {
            return median;
        }
        var all = rounds.stream().mapToDouble(what).summaryStatistics();
        return String.format(Locale.ROOT, "%s (%.1f–%.1f)", median, all.getMin(), all.getMax());
    }

    /** The middle one, or half-way between the two of them. */
    static double median(List<Measurement> rounds, ToDoubleFunction<Measurement> what) {
        double[] sorted = rounds.stream().mapToDouble(what).sorted().toArray();
        return Arrays.stream(sorted, (sorted.length - 1) / 2, sorted.length / 2 + 1)
                .average()
                .orElseThrow();
    }
}
