package org.stampede.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** What was measured in one run: each line is kept in a file as soon as it is known. Not thread-safe. */
final class Results {

    private final Path file;
    private final List<Measurement> measurements = new ArrayList<>();
    private final List<Footprint> footprints = new ArrayList<>();

    Results(Path file) {
        this.file = file;
    }

    void note(Measurement measurement) throws IOException {
        measurements.add(measurement);
        keep(measurement.json());
    }

    void note(Footprint footprint) throws IOException {
        footprints.add(footprint);
        keep(footprint.json());
    }

    private void keep(String json) throws IOException {
        Files.writeString(file, json + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        System.err.println(json);
    }

    /** Tables in Markdown. */
    void print() {
        if (!measurements.isEmpty()) {
            System.out.println("| | load | clients | body | deliveries/s | CPU µs | p50 ms | p99 ms |");
            System.out.println("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |");
            measurements.forEach(measurement -> System.out.println(measurement.row()));
        }
        if (!footprints.isEmpty()) {
            System.out.println("| | connections | connections/s | KiB of heap each | CPU % |");
            System.out.println("| --- | ---: | ---: | ---: | ---: |");
            footprints.forEach(footprint -> System.out.println(footprint.row()));
        }
    }
}
