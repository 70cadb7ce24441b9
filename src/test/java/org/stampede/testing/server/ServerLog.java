package org.stampede.testing.server;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** What a server writes, and where in it the next answer is awaited. Not thread-safe. */
final class ServerLog {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern NEVER = Pattern.compile("(?!)");

    private final Path file;
    private long mark;

    ServerLog(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    /** Lines before this moment are no answers. */
    void mark() {
        try {
            mark = Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void await(Pattern good, BooleanSupplier alive) {
        await(good, NEVER, alive);
    }

    /** Waits for a line since the mark; fails at once if the bad one comes, or the server ends. */
    void await(Pattern good, Pattern bad, BooleanSupplier alive) {
        Awaitility.await("a line like " + good + " in " + file)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    boolean running = alive.getAsBoolean();
                    String text = sinceMark();
                    if (Pattern.compile(good.pattern(), Pattern.MULTILINE)
                            .matcher(text)
                            .find()) {
                        return true;
                    }
                    if (!running || bad.matcher(text).find()) {
                        throw new IllegalStateException("The server ended, or refused; see " + file + ".");
                    }
                    return false;
                });
    }

    /** What was written since the mark. */
    String sinceMark() {
        try (var log = new RandomAccessFile(file.toFile(), "r")) {
            log.seek(mark);
            byte[] octets = new byte[(int) (log.length() - mark)];
            log.readFully(octets);
            return new String(octets, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
