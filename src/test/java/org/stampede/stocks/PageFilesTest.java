package org.stampede.stocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a server would notice only when a browser asks for it. */
class PageFilesTest {

    private static final Path WEBAPP = Path.of("src", "main", "webapp");
    private static final Pattern WEB_JAR = Pattern.compile("webjars/[^\"]+");
    private static final Pattern IMPORT = Pattern.compile("from \"(\\./[^\"]+)\"");
    private static final Pattern INLINE = Pattern.compile("<style|<script>|\\s(style|on[a-z]+)=\"");

    static List<Path> texts() throws IOException {
        try (Stream<Path> files = Files.walk(WEBAPP)) {
            return files.filter(file -> file.toString().matches(".*\\.(html|css|js|svg)"))
                    .toList();
        }
    }

    @Test
    void eachWebJarIsThereInTheVersionThatThePageAsksFor() throws IOException {
        for (Path file : List.of(WEBAPP.resolve("index.html"), WEBAPP.resolve("js/vendor.js"))) {
            List<String> webJars = WEB_JAR.matcher(Files.readString(file))
                    .results()
                    .map(MatchResult::group)
                    .toList();
            assertThat(webJars).isNotEmpty();
            assertThat(webJars)
                    .allSatisfy(path -> assertThat(getClass().getResource("/META-INF/resources/" + path))
                            .as(path)
                            .isNotNull());
        }
    }

    @ParameterizedTest
    @MethodSource("texts")
    void importedModulesAreThere(Path file) throws IOException {
        IMPORT.matcher(Files.readString(file))
                .results()
                .forEach(
                        match -> assertThat(file.resolveSibling(match.group(1))).exists());
    }

    @ParameterizedTest
    @MethodSource("texts")
    void nothingIsAskedOfOtherServersAndNothingIsInline(Path file) throws IOException {
        String text = Files.readString(file).replace("http://www.w3.org/2000/svg", "");
        assertThat(text).doesNotContain("http://", "https://", "//cdn").doesNotContainPattern(INLINE);
    }
}
