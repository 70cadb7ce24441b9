package org.stampede.library;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs Maven as a process of its own, with a local repository in which nothing of ours is yet; all else in it is that of
 * this build. Not thread-safe.
 */
final class MavenRun {

    private static final Path USUAL = Path.of(System.getProperty("maven.repository"));

    private final Path repository;

    /** Lays out the repository in a new directory. */
    MavenRun(Path repository) throws IOException {
        this.repository = repository;
        Files.createDirectories(repository.resolve("org"));
        link(USUAL, repository, "org");
        link(USUAL.resolve("org"), repository.resolve("org"), "stampede");
    }

    private static void link(Path from, Path to, String except) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(from, Files::isDirectory)) {
            for (Path entry : entries) {
                if (!entry.endsWith(except)) {
                    Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
                }
            }
        }
    }

    /** Where the version of an artifact of ours is installed. */
    Path installed(String artifact, String version) {
        return repository.resolve("org/stampede").resolve(artifact).resolve(version);
    }

    /** Runs goals on the project in a directory; fails with Maven's output. */
    void run(Path project, String... goals) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                System.getProperty("maven.home") + "/bin/mvn", "-B", "-ntp", "-q", "-Dmaven.repo.local=" + repository));
        if (System.getProperty("maven.session").equals("offline:true")) {
            command.add("-o");
        }
        command.addAll(List.of(goals));
        Path output = Files.createTempFile(repository, "maven", ".log");
        var builder = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process maven = builder.start();
        if (!maven.waitFor(5, TimeUnit.MINUTES)) {
            maven.destroyForcibly();
            throw new AssertionError("Maven has not ended:\n" + Files.readString(output));
        }
        if (maven.exitValue() != 0) {
            throw new AssertionError("Maven failed:\n" + Files.readString(output));
        }
    }
}
