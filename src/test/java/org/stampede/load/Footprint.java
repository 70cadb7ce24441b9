package org.stampede.load;

import java.util.Locale;

/**
 * What connections cost that do nothing but heart-beats.
 *
 * @param contender      who
 * @param load           {@code idle}
 * @param connections    how many, each with one subscription
 * @param oneByOne       how many were opened in a second, one after another
 * @param sideBySide     the same with several under way at a time
 * @param heapOctets     objects in use for each
 * @param residentOctets by how much the memory of the process has grown for each, garbage included
 * @param resident       memory of the process in the end
 * @param restPercent    processor time, of one processor, without any connection
 * @param cpuPercent     the same with all of them and their heart-beats
 */
record Footprint(
        String contender,
        String load,
        int connections,
        double oneByOne,
        double sideBySide,
        double heapOctets,
        double residentOctets,
        long resident,
        double restPercent,
        double cpuPercent) {

    private static final double KIB = 1024;

    /** As a row of a table in Markdown. */
    String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.0f | %.0f | %.1f | %.1f | %.0f | %.1f | %.1f |",
                contender,
                connections,
                oneByOne,
                sideBySide,
                heapOctets / KIB,
                residentOctets / KIB,
                resident / KIB / KIB,
                restPercent,
                cpuPercent);
    }
}
