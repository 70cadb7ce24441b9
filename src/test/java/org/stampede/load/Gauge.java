package org.stampede.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process costs. Stateless. */
final class Gauge {

    private static final double TICKS_PER_SECOND = 100;

    /** Something that takes its time. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    private Gauge() {}

    /** Measures the deliveries to a crowd while something is done. */
    static Measurement measured(Contender contender, Crowd crowd, int body, String load, Work work) throws IOException {
        crowd.latencies();
        long received = crowd.received();
        double cpu = cpuSeconds(contender.pid());
        double clientCpu = crowd.cpuSeconds();
        long begin = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - begin) / 1e9;
        crowd.allStay();
        double deliveries = Math.max(1, crowd.received() - received);
        double clientPercent = 100 * (crowd.cpuSeconds() - clientCpu) / seconds;
        double micros = (cpuSeconds(contender.pid()) - cpu) * 1e6 / deliveries;
        var latencies = crowd.latencies();
        return new Measurement(
                contender.name(),
                load,
                crowd.size(),
                body,
                deliveries / seconds,
                micros,
                latencies.getValueAtPercentile(50),
                latencies.getValueAtPercentile(99),
                clientPercent);
    }

    /** User and system time of a process, by the kernel. */
    static double cpuSeconds(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** Octets of its memory that are in that of the machine, by the kernel. */
    static long residentOctets(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow(() -> new IOException("No process " + pid + "."));
    }

    /** Octets of all objects of a Java process that are in use, after a full collection. */
    static long heapInUse(long pid) throws IOException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(pid),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String histogram = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return histogram
                .lines()
                .filter(line -> line.startsWith("Total"))
                .map(line -> Long.parseLong(line.trim().split("\\s+")[2]))
                .findFirst()
                .orElseThrow(() -> new IOException("No histogram: " + histogram));
    }
}
