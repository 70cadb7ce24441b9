package org.stampede.load;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Draws what the load bench has measured. Arguments: a directory with results, and one for the pictures. Of several runs the newest
 * one counts in which somebody did something; what nobody has measured is not drawn.
 */
public final class Plots {

    private static final double MIB = 1 << 20;
    private static final double KIB = 1 << 10;
    private static final int CLIENTS = 100;
    private static final int BODY = 64;

    /** In the order of the pictures; the server stands behind some of these. */
    private static final List<String> WHO = List.of("floor on", "Stampede on", "Spring", "Vert.x", "Artemis");

    private final List<JsonObject> lines;
    private final Path pictures;

    private Plots(List<JsonObject> lines, Path pictures) {
        this.lines = lines;
        this.pictures = pictures;
    }

    /** Draws all pictures. */
    public static void main(String[] arguments) throws IOException {
        var plots = new Plots(read(Path.of(arguments[0])), Path.of(arguments[1]));
        plots.load(
                "plot-cpu.svg",
                "Processor time of the server for a delivery to one of 100 subscribers",
                "µs",
                "cpuMicros",
                1,
                true);
        plots.load(
                "plot-latency.svg",
                "Latency to 100 subscribers; 99 of 100 deliveries are faster",
                "ms",
                "p99",
                1e3,
                false);
        plots.idle();
        plots.slow();
        plots.soak();
    }

    private static List<JsonObject> read(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .flatMap(Plots::linesOf)
                    .toList();
        }
    }

    private static Stream<JsonObject> linesOf(Path file) {
        try {
            return Files.readAllLines(file).stream().map(line -> {
                try (var reader = Json.createReader(new StringReader(line))) {
                    return reader.readObject();
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of the newest run for each subject. */
    private Map<String, List<JsonObject>> newest(Predicate<JsonObject> wanted, Function<JsonObject, String> subject) {
        Map<String, List<JsonObject>> all = lines.stream()
                .filter(wanted)
                .collect(Collectors.groupingBy(subject, LinkedHashMap::new, Collectors.toList()));
        all.replaceAll((key, found) -> {
            String newest = found.stream()
                    .map(line -> line.getString("run"))
                    .max(String::compareTo)
                    .orElseThrow();
            return found.stream()
                    .filter(line -> line.getString("run").equals(newest))
                    .toList();
        });
        return all;
    }

    private static String contender(JsonObject line) {
        return line.getString("contender");
    }

    private static double number(JsonObject line, String name) {
        return line.getJsonNumber(name).doubleValue();
    }

    private static Predicate<JsonObject> isLoad(String name) {
        return line -> line.getString("load").equals(name);
    }

    /** Contenders as they stand in a picture, by their names in the results. */
    private static Map<String, String> places(Stream<String> contenders) {
        Map<String, String> places = new LinkedHashMap<>();
        List<String> all = contenders.distinct().toList();
        for (String who : WHO) {
            all.stream()
                    .filter(name -> name.startsWith(who))
                    .sorted()
                    .forEach(name -> places.put(
                            name,
                            who.endsWith(" on")
                                    ? name.replace(" on ", ", ")
                                            .replace("payara", "Payara")
                                            .replace("wildfly", "WildFly")
                                            .replace("liberty", "Liberty")
                                    : who));
        }
        return places;
    }

    /** A panel for each server, with all that took turns with it; a bar for each load, the median of the rounds. */
    private void load(String file, String title, String unit, String what, double divisor, boolean floods)
            throws IOException {
        Predicate<JsonObject> wanted = line -> line.containsKey("round")
                && line.getInt("subscribers") == CLIENTS
                && line.getInt("body") == BODY
                && (line.getString("load").matches("\\d+")
                        || floods && isLoad("flood").test(line));
        var sheet = new Sheet();
        newest(wanted.and(line -> contender(line).startsWith("Stampede")), Plots::contender).values().stream()
                .map(rounds -> rounds.get(0).getString("run"))
                .forEach(run -> {
                    var found = newest(wanted.and(line -> line.getString("run").equals(run)), Plots::subject);
                    var places = places(found.values().stream().map(rounds -> contender(rounds.get(0))));
                    sheet.bars(title, unit, List.copyOf(places.values()), byLoad(found, places, what, divisor));
                });
        if (!sheet.isEmpty()) {
            sheet.write(pictures.resolve(file));
        }
    }

    private static String subject(JsonObject line) {
        return contender(line) + "/" + line.getString("load");
    }

    private static Map<String, List<Double>> byLoad(
            Map<String, List<JsonObject>> found, Map<String, String> places, String what, double divisor) {
        Map<String, List<Double>> series = new LinkedHashMap<>();
        found.values().stream()
                .map(rounds -> rounds.get(0).getString("load"))
                .distinct()
                .sorted(Comparator.comparingInt(Plots::size))
                .forEach(load -> series.put(
                        load.equals("flood") ? load : String.format(Locale.ROOT, "%,d a second", size(load)),
                        places.keySet().stream()
                                .map(name -> median(found.getOrDefault(name + "/" + load, List.of()), what, divisor))
                                .toList()));
        return series;
    }

    private static int size(String load) {
        return load.equals("flood") ? Integer.MAX_VALUE : Integer.parseInt(load);
    }

    private static double median(List<JsonObject> rounds, String what, double divisor) {
        double[] sorted = rounds.stream()
                .mapToDouble(line -> number(line, what) / divisor)
                .sorted()
                .toArray();
        return sorted.length == 0 ? 0 : (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** A place for each server, with the floor and Stampede on it, and for each peer. */
    private void idle() throws IOException {
        var found = newest(isLoad("idle"), Plots::contender);
        var contenders = places(found.keySet().stream());
        if (!contenders.isEmpty()) {
            Map<String, Map<String, Double>> values = new LinkedHashMap<>();
            contenders.forEach((name, title) -> {
                String[] parts = title.split(", ");
                values.computeIfAbsent(parts.length == 1 ? "peers" : parts[0], first -> new LinkedHashMap<>())
                        .put(parts[parts.length - 1], median(found.get(name), "heapOctets", KIB));
            });
            var places = values.values().stream()
                    .flatMap(some -> some.keySet().stream())
                    .distinct()
                    .toList();
            Map<String, List<Double>> series = new LinkedHashMap<>();
            values.forEach((name, some) ->
                    series.put(name, places.stream().map(some::get).collect(Collectors.toList())));
            var sheet = new Sheet();
            sheet.bars("Heap for an idle connection with one subscription", "KiB", places, series);
            sheet.write(pictures.resolve("plot-idle.svg"));
        }
    }

    private void slow() throws IOException {
        Optional<List<JsonObject>> run =
                newest(isLoad("slow"), line -> "").values().stream().findFirst();
        if (run.isPresent()) {
            Function<JsonObject, String> policy =
                    line -> line.getString("policy").equals("none") ? "no slow reader" : line.getString("policy");
            var sheet = new Sheet();
            sheet.lines(
                    "Age of the quotes that a client gets who reads one percent",
                    "seconds",
                    "s",
                    series(run.get(), policy, line -> number(line, "ageMillis") / 1e3));
            sheet.lines(
                    "Heap of the server, least of each second",
                    "seconds",
                    "MiB",
                    series(run.get(), policy, line -> number(line, "leastHeap") / MIB));
            sheet.lines(
                    "Latency of the 100 others, 99 of 100 deliveries are faster",
                    "seconds",
                    "ms",
                    series(run.get(), policy, line -> number(line, "p99") / 1e3));
            sheet.write(pictures.resolve("plot-slow.svg"));
        }
    }

    /** Points without a value, which are below zero, are left out. */
    private static Map<String, List<double[]>> series(
            List<JsonObject> lines, Function<JsonObject, String> name, Function<JsonObject, Double> value) {
        Map<String, List<double[]>> series = new LinkedHashMap<>();
        for (JsonObject line : lines) {
            if (value.apply(line) >= 0) {
                series.computeIfAbsent(name.apply(line), first -> new ArrayList<>())
                        .add(new double[] {number(line, "second"), value.apply(line)});
            }
        }
        return series;
    }

    private void soak() throws IOException {
        Optional<List<JsonObject>> run =
                newest(isLoad("soak"), line -> "").values().stream().findFirst();
        if (run.isPresent()) {
            var sheet = new Sheet();
            Map<String, List<double[]>> memory = new LinkedHashMap<>();
            memory.putAll(series(run.get(), line -> "resident", line -> number(line, "resident") / MIB));
            memory.putAll(
                    series(run.get(), line -> "heap, least of a second", line -> number(line, "leastHeap") / MIB));
            memory.putAll(series(run.get(), line -> "live objects", line -> number(line, "live") / MIB));
            sheet.lines("Memory of the server in a flood", "seconds", "MiB", memory);
            Map<String, List<double[]>> rates = new LinkedHashMap<>();
            rates.putAll(series(run.get(), line -> "to the queue", line -> number(line, "queue")));
            rates.putAll(series(run.get(), line -> "consumed from it", line -> number(line, "consumed")));
            sheet.lines("Messages", "seconds", "a second", rates);
            sheet.lines(
                    "Latency of a session that has no part in it",
                    "seconds",
                    "ms",
                    series(run.get(), line -> "slowest of a second", line -> number(line, "worst") / 1e3));
            sheet.write(pictures.resolve("plot-soak.svg"));
        }
    }
}
