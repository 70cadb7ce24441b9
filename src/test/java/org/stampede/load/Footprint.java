package org.stampede.load;

import java.util.Locale;

/**
 * What connections cost that do nothing but heart-beats.
 *
 * @param contender   who
 * @param connections how many, each with one subscription
 * @param perSecond   how many were opened in a second, one after another
 * @param heapOctets  objects in use for each
 * @param cpuPercent  of one processor, for all of them
 */
record Footprint(String contender, int connections, double perSecond, double heapOctets, double cpuPercent) {

    /** As a line of JSON. */
    String json() {
        return String.format(
                Locale.ROOT,
                "{\"contender\":\"%s\",\"load\":\"idle\",\"connections\":%d,\"perSecond\":%.0f,\"heapOctets\":%.0f,\"cpuPercent\":%.2f}",
                contender,
                connections,
                perSecond,
                heapOctets,
                cpuPercent);
    }

    /** As a row of a table in Markdown. */
    String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.0f | %.1f | %.1f |",
                contender,
                connections,
                perSecond,
                heapOctets / 1024,
                cpuPercent);
    }
}
