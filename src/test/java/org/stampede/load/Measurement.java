package org.stampede.load;

import java.util.Locale;

/**
 * One line of the results.
 *
 * @param contender   who
 * @param load        {@code flood}, or deliveries a second
 * @param subscribers how many
 * @param body        octets of a body
 * @param perSecond   deliveries a second that were reached
 * @param cpuMicros   processor time of the server for a delivery
 * @param p50         latency in microseconds, half of the deliveries were faster
 * @param p99         the same for 99 of 100
 */
record Measurement(
        String contender,
        String load,
        int subscribers,
        int body,
        double perSecond,
        double cpuMicros,
        long p50,
        long p99) {

    /** As a line of JSON. */
    String json() {
        return String.format(
                Locale.ROOT,
                "{\"contender\":\"%s\",\"load\":\"%s\",\"subscribers\":%d,\"body\":%d,\"perSecond\":%.0f,\"cpuMicros\":%.2f,"
                        + "\"p50\":%d,\"p99\":%d}",
                contender,
                load,
                subscribers,
                body,
                perSecond,
                cpuMicros,
                p50,
                p99);
    }

    /** As a row of a table in Markdown. */
    String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %d | %d | %.0f | %.1f | %.1f | %.1f |",
                contender,
                load,
                subscribers,
                body,
                perSecond,
                cpuMicros,
                p50 / 1e3,
                p99 / 1e3);
    }
}
