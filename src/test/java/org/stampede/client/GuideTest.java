package org.stampede.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.testing.GuideCode.squeezed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stampede.testing.GuideCode;

/** What the page on the client shows is what the tests run against a server. */
class GuideTest {

    private static final Path TESTS = Path.of("src/test/java/org/stampede");

    @Test
    void allCodeOnThePageIsThatOfTests() throws IOException {
        var tests = new StringBuilder();
        for (String test : List.of("client/StompClientIT", "client/ReconnectingIT", "library/LibraryAppIT")) {
            tests.append(squeezed(Files.readString(TESTS.resolve(test + ".java"))));
        }
        List<String> pieces = GuideCode.piecesOf(Path.of("docs/client.md"));
        assertThat(pieces).hasSizeGreaterThan(8);
        assertThat(pieces).allSatisfy(piece -> assertThat(tests).contains(squeezed(piece)));
    }
}
