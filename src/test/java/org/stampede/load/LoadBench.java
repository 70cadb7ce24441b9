package org.stampede.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.stampede.load.PeerServer.Peer;
import org.stampede.testing.server.ServerProcess;

/**
 * Measures Stampede and the floor on the server of the profile, and its peers, in turns. Arguments, all of them optional: {@code
 * spring}, {@code vertx}, {@code artemis} for the peers; {@code fanout} (if none is said), {@code exchange}, {@code queue}, {@code
 * tickers}, {@code idle} for what is done; numbers of clients; {@code seconds=N} for each measurement, {@code pace=N} for the
 * deliveries a second of the gentle load, and {@code connections=N} for {@code idle}. Each result is a line of JSON in {@code
 * target/load/results.jsonl}; at the end all of this run are told as tables.
 */
public final class LoadBench {

    private static final Path PLACE = Path.of("target/load").toAbsolutePath();

    private final Set<String> wanted = new LinkedHashSet<>();
    private final Set<Peer> peers = EnumSet.noneOf(Peer.class);
    private final List<Integer> crowds = new ArrayList<>();
    private long nanos = TimeUnit.SECONDS.toNanos(5);
    private int pace = 5_000;
    private int connections = 1_000;

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
            case "pace" -> pace = Integer.parseInt(setting[1]);
            case "connections" -> connections = Integer.parseInt(setting[1]);
            case "spring", "vertx", "artemis" -> peers.add(Peer.valueOf(argument.toUpperCase(Locale.ROOT)));
            case "fanout", "exchange", "queue", "tickers", "idle" -> wanted.add(argument);
            default -> crowds.add(Integer.valueOf(argument));
        }
    }

    /** Runs all that the arguments ask for. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Files.createDirectories(PLACE);
        var bench = new LoadBench(arguments);
        var results = new Results(PLACE.resolve("results.jsonl"));
        bench.measureServer(results);
        for (Peer peer : bench.peers) {
            try (var server = new PeerServer(peer)) {
                bench.measure(server.contender(), results);
            }
        }
        results.print();
    }

    private void measureServer(Results results) throws IOException, InterruptedException {
        String product = System.getProperty("stampede.server");
        Path floor = PLACE.resolve("floor.war");
        ShrinkWrap.create(WebArchive.class, "floor.war")
                .addClass(FloorEndpoint.class)
                .as(ZipExporter.class)
                .exportTo(floor.toFile(), true);
        Path echo = PLACE.resolve("echo.war");
        ShrinkWrap.createFromZipFile(
                        WebArchive.class,
                        Path.of(System.getProperty("stampede.war")).toFile())
                .addClasses(Echo.class, EchoDesk.class)
                .as(ZipExporter.class)
                .exportTo(echo.toFile(), true);
        try (var server = new ServerProcess(
                "load",
                "-Xmx512m",
                "-Dstampede.access=open",
                "-Dstampede.limit.frames-per-second=0",
                "-Dstampede.limit.octets-per-second=0",
                "-Dstampede.limit.connections=20000",
                "-Dstampede.limit.connections-per-address=20000")) {
            server.start();
            server.deploy(floor, "/load");
            server.deploy(echo, "/");
            var bare = server.endpoint("/load").resolve("floor");
            measure(new Contender("floor on " + product, server.pid(), bare, Dialect.BARE), results);
            measure(
                    new Contender("Stampede on " + product, server.pid(), server.endpoint("/"), Dialect.STAMPEDE),
                    results);
        }
    }

    private void measure(Contender contender, Results results) throws IOException {
        for (String name : wanted) {
            experiment(name).measure(contender, results);
        }
    }

    private Experiment experiment(String name) {
        return switch (name) {
            case "fanout" -> new FanOut(crowds, pace, nanos);
            case "exchange" -> new Exchange(crowds, nanos);
            case "queue" -> new Queue(nanos);
            case "tickers" -> new Tickers(pace, nanos);
            default -> new Idle(connections);
        };
    }
}
