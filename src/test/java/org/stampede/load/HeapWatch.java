package org.stampede.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Watches the heap of a Java process by {@code jstat}, which reads what the process shares anyway and so costs it nothing.
 * Thread-safe.
 */
final class HeapWatch implements AutoCloseable {

    private static final String EVERY_MILLIS = "100";
    private static final long KIB = 1024;
    /** Survivors, eden and old: what is in use of each. */
    private static final List<String> USED = List.of("S0U", "S1U", "EU", "OU");

    private final Process jstat;
    private volatile long used;
    private long least = Long.MAX_VALUE;

    HeapWatch(long pid) throws IOException {
        jstat = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jstat").toString(),
                        "-gc",
                        String.valueOf(pid),
                        EVERY_MILLIS)
                .redirectErrorStream(true)
                .start();
        var lines = new BufferedReader(new InputStreamReader(jstat.getInputStream(), StandardCharsets.UTF_8));
        var columns = columns(lines.readLine());
        take(lines.readLine(), columns);
        var reader = new Thread(() -> lines.lines().forEach(line -> take(line, columns)), "heap-watch");
        reader.setDaemon(true);
        // The stream ends, or breaks, with the process.
        reader.setUncaughtExceptionHandler((thread, end) -> {});
        reader.start();
    }

    private static List<Integer> columns(String names) {
        var found = new ArrayList<Integer>();
        String[] all = names.trim().split("\\s+");
        for (int i = 0; i < all.length; i++) {
            if (USED.contains(all[i])) {
                found.add(i);
            }
        }
        return found;
    }

    private void take(String line, List<Integer> columns) {
        String[] values = line.trim().split("\\s+");
        double kib = 0;
        for (int column : columns) {
            kib += Double.parseDouble(values[column]);
        }
        synchronized (this) {
            used = (long) (kib * KIB);
            least = Math.min(least, used);
        }
    }

    /** Octets in use, garbage included. */
    long used() {
        return used;
    }

    /** The least that were in use since this was asked before: with a collection in between, what it has left. */
    synchronized long leastUsed() {
        long answer = Math.min(least, used);
        least = Long.MAX_VALUE;
        return answer;
    }

    @Override
    public void close() {
        jstat.destroy();
    }
}
