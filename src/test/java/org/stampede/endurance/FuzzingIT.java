package org.stampede.endurance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.Pattern;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.stampede.library.ChatArchive;
import org.stampede.session.Connection;
import org.stampede.testing.StompSocket;
import org.stampede.testing.server.ServerProcess;

/**
 * The endpoint under clients that send whatever may do harm, while others go on as ever. {@code -Dstampede.fuzz.seconds} says for how
 * long, {@code -Dstampede.fuzz.seed} repeats what was sent before, as far as several threads can.
 */
class FuzzingIT {

    private static final Duration TIME = Duration.ofSeconds(Long.getLong("stampede.fuzz.seconds", 20));
    private static final long SEED = Long.getLong("stampede.fuzz.seed", new Random().nextLong());
    private static final int ATTACKERS = 3;

    /** What the server says of its own faults, and never of those of a client. */
    private static final Pattern FAULT = Pattern.compile(
            "failed on [A-Z]+, id|ticker failed|task of an Inbox failed|failed in part|OutOfMemoryError|StackOverflowError");

    private static final Path LOG = Path.of("target/servers/fuzzing.log");

    /** Who hangs up without a word, and promised no heart-beats, is missed after three pings. */
    private static final ServerProcess SERVER = new ServerProcess(
            "fuzzing", "-Xmx512m", "-Dstampede.access=open", "-Dstampede.heart-beat.send=500", "-Dstampede.ping=10000");

    @BeforeAll
    static void start() throws IOException {
        Files.deleteIfExists(LOG);
        File chat = new File("target/servers/fuzzed.war");
        chat.getParentFile().mkdirs();
        ChatArchive.withoutBeansXml("fuzzed.war").as(ZipExporter.class).exportTo(chat, true);
        SERVER.start();
        SERVER.deploy(chat.toPath(), "/fuzzed");
    }

    @AfterAll
    static void end() {
        SERVER.close();
    }

    @Test
    void nobodyNoticesAndNothingIsLeft() throws Exception {
        Attacker.Deeds deeds;
        try (var witnesses = new Witnesses(SERVER.endpoint("/fuzzed"))) {
            deeds = attack();
            System.out.println(
                    "Fuzzed with -Dstampede.fuzz.seed=" + SEED + " for " + TIME.toSeconds() + " s: " + deeds);
            assertThat(deeds.tried()).as("all ways were tried").containsOnlyKeys(Attacker.Way.values());
            assertThat(deeds.refused()).as("handshakes refused").isLessThan(deeds.all() / 10);
            try (var newcomer = StompSocket.connect(SERVER.endpoint("/fuzzed"))) {
                assertThat(newcomer.isSilentUpToReceipt("served")).isTrue();
            }
            witnesses.noticedNothing();
        }
        String log = Files.readString(LOG);
        assertThat(FAULT.matcher(log).results().map(fault -> fault.group())).isEmpty();
        await("the end of all connections")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(connections()).isLessThanOrEqualTo(keptByTheServer(deeds)));
    }

    private static long connections() {
        return SERVER.memory().instances().getOrDefault(Connection.class.getName(), 0L);
    }

    /** Open Liberty holds some links whose peer has hung up in the middle, and all that hangs on them. */
    private static long keptByTheServer(Attacker.Deeds deeds) {
        return System.getProperty("stampede.server", "payara").equals("liberty") ? deeds.all() / 10 : 0;
    }

    private static Attacker.Deeds attack() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(ATTACKERS);
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
        try {
            var running = new ArrayList<Future<Attacker.Deeds>>();
            for (int number = 0; number < ATTACKERS; number++) {
                running.add(threads.submit(new Attacker(SERVER.endpoint("/fuzzed"), SEED + number, TIME, watch)));
            }
            Attacker.Deeds all = Attacker.Deeds.NONE;
            for (var attacker : running) {
                all = all.plus(attacker.get(TIME.toSeconds() + 120, SECONDS));
            }
            return all;
        } finally {
            threads.shutdownNow();
            watch.shutdownNow();
        }
    }
}
