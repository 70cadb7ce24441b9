package org.stampede.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The library jar as other projects get it: by its coordinates, and without anything that belongs to the sample. */
class LibraryProjectIT {

    private static final Path PROJECT = Path.of("").toAbsolutePath();
    private static final String VERSION = System.getProperty("stampede.version");

    @Test
    void theJarHasTheEngineAndNothingOfTheSample() throws IOException {
        try (var jar = new JarFile(System.getProperty("stampede.lib"))) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
                    .isEqualTo("org.stampede");
            List<String> files = files(jar);
            assertThat(files)
                    .contains(
                            "META-INF/LICENSE",
                            "META-INF/beans.xml",
                            "META-INF/services/jakarta.enterprise.inject.spi.Extension",
                            "org/stampede/websocket/StompEndpoint.class",
                            "org/stampede/server/version.properties");
            assertThat(files).allMatch(name -> name.matches("META-INF/.*|org/stampede/.*\\.(class|properties)"));
            assertThat(files).noneMatch(name -> name.matches("org/stampede/(stocks|testkit)/.*|META-INF/maven/.*"));
        }
    }

    @Test
    void theJarOfTheTestKitHasTheTestKitAlone() throws IOException {
        try (var jar = new JarFile(System.getProperty("stampede.testkit"))) {
            assertThat(files(jar))
                    .contains("org/stampede/testkit/StompTestKit.class", "META-INF/LICENSE")
                    .allMatch(name ->
                            name.matches("META-INF/(MANIFEST.MF|LICENSE)|org/stampede/testkit/[\\w$-]+\\.class"));
        }
    }

    @Test
    void theProjectOfTheGuideIsTestedByTheKitAndHasTheLibraryAndNettyInItsWar() throws Exception {
        Path place = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "library-project");
        var maven = new MavenRun(place.resolve("repository"));
        maven.run(PROJECT, "install:install-file@library", "install:install-file@testkit");
        assertThat(maven.installed("stampede-lib", VERSION))
                .isDirectoryContaining("glob:**/stampede-lib-" + VERSION + ".jar")
                .isDirectoryContaining("glob:**/stampede-lib-" + VERSION + "-sources.jar");

        Path app = copyOfTheApplication(place.resolve("app"));
        maven.run(app, "package", "-Dstampede.version=" + VERSION);
        try (var war = new JarFile(app.resolve("target/greetings.war").toFile())) {
            assertThat(files(war))
                    .filteredOn(name -> name.startsWith("WEB-INF/") && !name.startsWith("WEB-INF/lib/netty-"))
                    .containsExactlyInAnyOrder(
                            "WEB-INF/classes/com/example/Greeter.class",
                            "WEB-INF/lib/stomp__stompjs-7.2.1.jar",
                            "WEB-INF/lib/stampede-lib-" + VERSION + ".jar");
            assertThat(files(war)).anyMatch(name -> name.startsWith("WEB-INF/lib/netty-handler-"));
        }
    }

    private static List<String> files(JarFile jar) {
        return jar.stream()
                .filter(entry -> !entry.isDirectory())
                .map(Object::toString)
                .toList();
    }

    private static Path copyOfTheApplication(Path to) throws IOException {
        Path from = PROJECT.resolve("src/test/library-app");
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
        return to;
    }
}
