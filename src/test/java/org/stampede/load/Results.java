package org.stampede.load;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured in one run: each line is kept in a file as soon as it is known. Not thread-safe. */
final class Results {

    private final Path file;
    private final String run;
    private final Map<List<Object>, List<Measurement>> measurements = new LinkedHashMap<>();
    private final List<Footprint> footprints = new ArrayList<>();
    private final List<String> verdicts = new ArrayList<>();

    /**
     * @param file where lines are added
     * @param run  which run it is, such as the time of its start
     */
    Results(Path file, String run) {
        this.file = file;
        this.run = run;
    }

    void note(Measurement measurement, int round) throws IOException {
        measurements
                .computeIfAbsent(measurement.subject(), subject -> new ArrayList<>())
                .add(measurement);
        keep(Line.of(run).add("round", round), measurement);
    }

    void note(Footprint footprint) throws IOException {
        footprints.add(footprint);
        keep(Line.of(run), footprint);
    }

    /** One point of a series in time. */
    void note(Record point) throws IOException {
        keep(Line.of(run), point);
    }

    /** A sentence for the end. */
    void say(String verdict) {
        verdicts.add(verdict);
    }

    private void keep(Line line, Record measured) throws IOException {
        JsonObject json = line.add(measured).json();
        Files.writeString(file, json + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        System.err.println(json);
    }

    /** Tables in Markdown. */
    void print() {
        if (!measurements.isEmpty()) {
            System.out.println("| | load | clients | body | deliveries/s | CPU µs | p50 ms | p99 ms | client % |");
            System.out.println("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
            measurements.values().forEach(rounds -> System.out.println(Measurement.row(rounds)));
        }
        if (!footprints.isEmpty()) {
            System.out.println(
                    "| | connections | one by one/s | side by side/s | KiB of heap each | KiB resident each |"
                            + " MiB resident | CPU % at rest | CPU % with heart-beats |");
            System.out.println("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
            footprints.forEach(footprint -> System.out.println(footprint.row()));
        }
        verdicts.forEach(System.out::println);
    }
}
