package org.stampede.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the page on testing shows is what the tests run. */
class GuideTest {

    @Test
    void everyLineOfCodeOnThePageIsALineOfTheTest() throws IOException {
        String page = Files.readString(Path.of("docs/testing.md"));
        List<String> test = Files.readAllLines(Path.of("src/test/java/org/stampede/stocks/TradingTest.java"));
        var code = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(code.find()).isTrue();
        assertThat(test).containsSubsequence(code.group(1).lines().toList());
    }
}
