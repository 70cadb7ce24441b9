package org.stampede.testing.server;

import static java.util.concurrent.TimeUnit.MINUTES;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is in the memory of a running server, as the tools of the JDK and the kernel tell it. Thread-safe. */
public final class ServerMemory {

    /** A line of the histogram: a rank, how many, how many octets, the name. */
    private static final Pattern INSTANCES = Pattern.compile("(?m)^ *\\d+: +(\\d+) +\\d+ +(\\S+).*$");

    private final long pid;

    ServerMemory(long pid) {
        this.pid = pid;
    }

    /** How many objects of each class are alive, whichever class loader it is of. Collects garbage first. */
    public Map<String, Long> instances() {
        return INSTANCES
                .matcher(jcmd("GC.class_histogram"))
                .results()
                .collect(Collectors.toMap(line -> line.group(2), line -> Long.parseLong(line.group(1)), Long::sum));
    }

    /** How many class loaders have loaded a class, and are still there. Collects garbage first. */
    public long loaders(String className) {
        jcmd("GC.run");
        var line = Pattern.compile("(?m)^\\W*" + Pattern.quote(className) + "/");
        return line.matcher(jcmd("VM.class_hierarchy", className)).results().count();
    }

    /** All threads, with the stack of each. */
    public List<String> threads() {
        return Pattern.compile("\n\n")
                .splitAsStream(jcmd("Thread.print"))
                .filter(thread -> thread.startsWith("\""))
                .toList();
    }

    /** What the open files are: paths, and the like of {@code socket:[4711]}. */
    public List<String> files() {
        try (var descriptors = Files.list(Path.of("/proc", String.valueOf(pid), "fd"))) {
            return descriptors.map(ServerMemory::target).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes all objects that are alive to a file, for somebody to find out who holds them. */
    public void dump(Path file) {
        jcmd("GC.heap_dump", "-overwrite", file.toAbsolutePath().toString());
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "closed meanwhile";
        }
    }

    private String jcmd(String... command) {
        var line = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), String.valueOf(pid)));
        line.addAll(List.of(command));
        try {
            Process jcmd = new ProcessBuilder(line).redirectErrorStream(true).start();
            String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!jcmd.waitFor(1, MINUTES) || jcmd.exitValue() != 0) {
                throw new AssertionError("jcmd failed: " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
