package org.stampede.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stampede.testing.GuideCode;

/** What the page on testing shows is what the tests run. */
class GuideTest {

    @Test
    void everyLineOfCodeOnThePageIsALineOfTheTest() throws IOException {
        List<String> test = Files.readAllLines(Path.of("src/test/java/org/stampede/stocks/TradingTest.java"));
        List<String> parts = GuideCode.of(Path.of("docs/testing.md"));
        assertThat(parts).isNotEmpty();
        assertThat(test).containsSubsequence(parts.get(0).lines().toList());
    }
}
