package org.stampede.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.stampede.load.Soak;
import org.stampede.load.TestedServer;
import org.stampede.testing.server.ServerProcess;

/**
 * More than the server can pass on, for longer than its memory could hold it: whoever sends is slowed down, and everybody else is
 * served. {@code -Dstampede.soak.seconds} says for how long; an hour shows more.
 */
class SoakIT {

    private static final Duration TIME = Duration.ofSeconds(Long.getLong("stampede.soak.seconds", 40));
    /** Of a session that has no part in it: the server has two processors, or fewer, and they are busy. */
    private static final Duration PATIENCE_OF_WITNESS = Duration.ofSeconds(20);

    private static final Path LOG = Path.of("target/servers/soak.log");

    /** A flood of 20 seconds is larger. */
    private static final ServerProcess SERVER = new ServerProcess(
            "soak",
            "-Xmx256m",
            "-Dstampede.access=open",
            "-Dstampede.limit.frames-per-second=0",
            "-Dstampede.limit.octets-per-second=0",
            "-Dstampede.queue.octets=8388608");

    @BeforeAll
    static void start() throws IOException {
        Files.deleteIfExists(LOG);
        Path war = Path.of("target/servers/soak.war");
        TestedServer.exportApplication(war);
        SERVER.start();
        SERVER.deploy(war, "/soak");
    }

    @AfterAll
    static void end() {
        SERVER.close();
    }

    @Test
    void aFloodIsSlowedDownAndNothingGrows() throws IOException {
        Soak.Verdict verdict;
        try (var soak = Soak.of(SERVER.pid(), SERVER.endpoint("/soak"))) {
            verdict = soak.run(TIME);
        }
        System.out.println("Soaked for " + TIME.toSeconds() + " s: " + verdict);
        assertThat(Files.readString(LOG)).doesNotContain("OutOfMemoryError");
        assertThat(verdict.dismissed()).as("consumers that were disconnected").isZero();
        assertThat(verdict.isHonest()).as("receipts are honest: %s", verdict).isTrue();
        assertThat(verdict.queue().confirmed()).as("confirmed by the queue").isPositive();
        assertThat(verdict.work().confirmed()).as("confirmed by the handler").isPositive();
        assertThat(verdict.heard()).as("what the witness has heard").isEqualTo(verdict.said());
        assertThat(verdict.worstMillis()).isLessThan(PATIENCE_OF_WITNESS.toMillis());
        assertThat(verdict.isFlat()).as("the heap is flat: %s", verdict).isTrue();
    }
}
