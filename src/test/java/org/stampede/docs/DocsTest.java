package org.stampede.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents show is code that is compiled and run, and what they point to is there. */
class DocsTest {

    private static final Pattern CODE = Pattern.compile("```(?:java|html|python|perl)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\w]\\((?!https?:|#)([^)#]+)(#[^)]*)?\\)");
    /** What makes no difference to a reader: comments (a wildcard such as {@code "/app/**"} is none), modifiers, white space. */
    private static final Pattern NOISE =
            Pattern.compile("(?<!\\S)/\\*.*?\\*/|//[^\n]*|\\b(public|private|static|final)\\b|\\s+", Pattern.DOTALL);

    /** The sources in which the code of the documents stands, without noise. */
    private static final List<String> SOURCES = Stream.of(
                    files("src", ".java"),
                    files("src/test", ".html"),
                    files("src/test", ".py"),
                    files("src/test", ".pl"))
            .flatMap(of -> of)
            .map(DocsTest::squeezed)
            .toList();

    static Stream<Path> documents() {
        return Stream.concat(
                files("docs", ".md"),
                Stream.of("README.md", "ARCHITECTURE.md", "SECURITY.md").map(Path::of));
    }

    /** Threat, what the defaults do, tests. */
    private static final Pattern THREAT = Pattern.compile("(?m)^\\| ([^|]+) \\| ([^|]+) \\| ((?:`\\w+`(?:, )?)+) \\|$");

    @Test
    void eachThreatNamesTestsThatAreThere() throws IOException {
        var threats = found(THREAT, Path.of("SECURITY.md")).toList();
        long rows = Files.readAllLines(Path.of("SECURITY.md")).stream()
                .filter(line -> line.startsWith("| "))
                .count();
        assertThat(threats)
                .as("all rows but the head and its line")
                .hasSize((int) rows - 2)
                .hasSizeGreaterThan(10);
        var tests = files("src/test/java", ".java")
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .toList();
        for (MatchResult threat : threats) {
            assertThat(tests)
                    .as(threat.group(1))
                    .contains(threat.group(3).replace("`", "").split(", "));
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void codeIsThatOfTheTestsOrOfTheSample(Path document) throws IOException {
        assertThat(found(CODE, document).flatMap(code -> Stream.of(code.group(1).split("\n\n"))))
                .filteredOn(passage -> !isRun(passage))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linksLeadSomewhere(Path document) throws IOException {
        assertThat(found(LINK, document).map(link -> link.group(1)))
                .filteredOn(link -> Files.notExists(document.resolveSibling(link)))
                .isEmpty();
    }

    @Test
    void thereIsCodeToBeFound() throws IOException {
        assertThat(found(CODE, Path.of("docs/handlers.md"))).hasSizeGreaterThan(3);
        assertThat(isRun("class" + " Nowhere {}")).isFalse();
    }

    /** A passage may end in the middle of a class, whose brace it closes. */
    private static boolean isRun(String passage) {
        String code = squeezed(passage).replaceAll("}+$", "}");
        return SOURCES.stream().anyMatch(source -> source.contains(code));
    }

    private static Stream<MatchResult> found(Pattern pattern, Path document) throws IOException {
        return pattern.matcher(Files.readString(document)).results();
    }

    private static Stream<Path> files(String directory, String suffix) {
        try (Stream<Path> all = Files.walk(Path.of(directory))) {
            return all.filter(file -> file.toString().endsWith(suffix)).collect(Collectors.toList()).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String squeezed(Path source) {
        try {
            return squeezed(Files.readString(source));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String squeezed(String code) {
        return NOISE.matcher(code).replaceAll("");
    }
}
