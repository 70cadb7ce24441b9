package org.stampede.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.stampede.load.PeerServer.Peer;

/**
 * Measures Stampede and the floor on the server of the profile, and its peers. Arguments, all of them optional:
 *
 * <ul>
 *   <li>{@code spring}, {@code vertx}, {@code artemis}: the peers;
 *   <li>{@code fanout} (if none is said), {@code exchange}, {@code queue}, {@code tickers}: done to all in {@code rounds=N}, one
 *       contender after another in each, {@code seconds=N} each time, after one round that does not count and lasts
 *       {@code warmup=N} seconds the first time; {@code pace=N,N} are the deliveries a second of the gentle loads, {@code body=N,N}
 *       the octets of a body, and bare numbers those of clients;
 *   <li>{@code idle}: each contender in a process of its own, with {@code connections=N};
 *   <li>{@code slow}: Stampede alone, 100 subscribers of {@code quotes=N} a second and one more who reads slowly, under each
 *       policy for {@code seconds=N};
 *   <li>{@code soak}: Stampede alone under a flood for {@code minutes=N}.
 * </ul>
 *
 * Each result is a line of JSON in {@code target/load/results.jsonl}; at the end all of this run are told as tables.
 */
public final class LoadBench {

    private static final Path PLACE = Path.of("target/load").toAbsolutePath();
    private static final int SUBSCRIBERS_OF_QUOTES = 100;
    private static final String HEAP = "512m";
    /** What most of the contenders need for 10,000 connections. */
    private static final String HEAP_OF_MANY = "2g";

    private final Set<String> wanted = new LinkedHashSet<>();
    private final Set<Peer> peers = EnumSet.noneOf(Peer.class);
    private final List<Integer> crowds = new ArrayList<>();
    private final Results results = new Results(
            PLACE.resolve("results.jsonl"), String.valueOf(Instant.now().truncatedTo(ChronoUnit.SECONDS)));
    private long nanos = TimeUnit.SECONDS.toNanos(3);
    private long warmUp = TimeUnit.SECONDS.toNanos(8);
    private int rounds = 3;
    private List<Integer> paces = List.of(5_000);
    private List<Integer> bodies = List.of(64, 1024);
    private int connections = 1_000;
    private int quotes = 1_000;
    private double minutes = 3;

    private LoadBench(String[] arguments) {
        for (String argument : arguments) {
            take(argument);
        }
        if (wanted.isEmpty()) {
            wanted.add("fanout");
        }
        if (crowds.isEmpty()) {
            crowds.addAll(List.of(1, 100, 1000));
        }
    }

    private void take(String argument) {
        String[] setting = argument.split("=", 2);
        switch (setting[0]) {
            case "seconds" -> nanos = TimeUnit.SECONDS.toNanos(Long.parseLong(setting[1]));
            case "warmup" -> warmUp = TimeUnit.SECONDS.toNanos(Long.parseLong(setting[1]));
            case "rounds" -> rounds = Integer.parseInt(setting[1]);
            case "pace" -> paces = numbers(setting[1]);
            case "body" -> bodies = numbers(setting[1]);
            case "minutes" -> minutes = Double.parseDouble(setting[1]);
            case "quotes" -> quotes = Integer.parseInt(setting[1]);
            case "connections" -> connections = Integer.parseInt(setting[1]);
            case "spring", "vertx", "artemis" -> peers.add(Peer.valueOf(argument.toUpperCase(Locale.ROOT)));
            case "fanout", "exchange", "queue", "tickers", "idle", "slow", "soak" -> wanted.add(argument);
            default -> crowds.add(Integer.valueOf(argument));
        }
    }

    private static List<Integer> numbers(String setting) {
        return Stream.of(setting.split(",")).map(Integer::valueOf).toList();
    }

    /** Runs all that the arguments ask for. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Files.createDirectories(PLACE);
        new LoadBench(arguments).run();
    }

    private void run() throws IOException, InterruptedException {
        var experiments = wanted.stream().flatMap(this::experiments).toList();
        try {
            if (!experiments.isEmpty()) {
                compare(experiments);
            }
            if (wanted.contains("idle")) {
                measureIdle();
            }
            if (wanted.contains("slow")) {
                measureSlow();
            }
            if (wanted.contains("soak")) {
                soak();
            }
        } finally {
            results.print();
        }
    }

    private Stream<Experiment> experiments(String name) {
        return switch (name) {
            case "fanout" ->
                crowds.stream().flatMap(crowd -> bodies.stream().map(body -> new FanOut(crowd, body, paces)));
            case "exchange" -> crowds.stream().map(Exchange::new);
            case "queue" -> Queue.MODES.stream().map(Queue::new);
            case "tickers" -> Stream.of(new Tickers(paces));
            default -> Stream.empty();
        };
    }

    /** All contenders are there at once, and take turns: what else the machine does meets them alike. */
    private void compare(List<Experiment> experiments) throws IOException, InterruptedException {
        var hosts = new ArrayList<Host>();
        try {
            hosts.add(TestedServer.withBoth(HEAP));
            for (Peer peer : peers) {
                hosts.add(new PeerServer(peer, HEAP));
            }
            var contenders =
                    hosts.stream().flatMap(host -> host.contenders().stream()).toList();
            long first = warmUp;
            for (Experiment experiment : experiments) {
                compare(
                        experiment,
                        contenders.stream().filter(experiment::suits).toList(),
                        first);
                first = nanos;
            }
        } finally {
            hosts.forEach(Host::close);
        }
    }

    private void compare(Experiment experiment, List<Contender> contenders, long first) {
        var able = new ArrayList<Contender>(contenders);
        able.removeIf(contender -> !isDone(experiment, contender, first, Experiment.Notes.NONE));
        for (int i = 1; i <= rounds; i++) {
            int round = i;
            able.removeIf(contender ->
                    !isDone(experiment, contender, nanos, measurement -> results.note(measurement, round)));
        }
    }

    /** Whoever cannot do it, or fails, is left out; the others go on. */
    private boolean isDone(Experiment experiment, Contender contender, long time, Experiment.Notes notes) {
        try {
            experiment.measure(contender, time, notes);
            return true;
        } catch (IOException e) {
            results.say(contender.name() + " failed at " + experiment + ": " + e);
            return false;
        }
    }

    private void measureIdle() throws IOException, InterruptedException {
        try (Host host = TestedServer.withFloor(HEAP_OF_MANY)) {
            measureIdle(host);
        }
        try (Host host = TestedServer.withStampede(HEAP_OF_MANY)) {
            measureIdle(host);
        }
        for (Peer peer : peers) {
            try (Host host = new PeerServer(peer, HEAP_OF_MANY)) {
                measureIdle(host);
            }
        }
    }

    private void measureIdle(Host host) {
        Contender contender = host.contenders().get(0);
        try {
            new Idle(connections).measure(contender, results);
        } catch (IOException e) {
            results.say(contender.name() + " failed with " + connections + " idle connections: " + e);
        }
    }

    private void measureSlow() throws IOException {
        try (Host host = TestedServer.withStampede(HEAP)) {
            new Slow(SUBSCRIBERS_OF_QUOTES, quotes).measure(host.contenders().get(0), warmUp, nanos, results);
        }
    }

    private void soak() throws IOException {
        try (Host host = TestedServer.withStampede(HEAP);
                var soak = new Soak(host.contenders().get(0))) {
            var time = Duration.ofSeconds((long) (minutes * 60));
            Soak.Verdict verdict = soak.run(time, results::note);
            results.say((verdict.isFlat() ? "The heap is flat" : "THE HEAP GROWS") + ", receipts are "
                    + (verdict.isHonest() ? "honest: " : "WRONG: ") + verdict);
        }
    }
}
