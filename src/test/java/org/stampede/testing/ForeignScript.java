package org.stampede.testing;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * A script in {@code src/test/foreign}, in the language of some other client of STOMP. Where that is not installed, the test is
 * skipped. Immutable.
 *
 * @param command  what runs the language, as Debian installs it
 * @param isThere  arguments with which the command tells whether the client is installed
 * @param file     the script
 */
public record ForeignScript(String command, List<String> isThere, String file) {

    private static final int PATIENCE_SECONDS = 120;

    /** A script for stomp.py, Debian's {@code python3-stomp}. */
    public static ForeignScript python(String file) {
        return new ForeignScript("/usr/bin/python3", List.of("-c", "import stomp"), file);
    }

    /** A script for Net::Stomp, Debian's {@code libnet-stomp-perl}, with {@code libio-socket-ssl-perl}. */
    public static ForeignScript perl(String file) {
        return new ForeignScript("/usr/bin/perl", List.of("-MNet::Stomp", "-MIO::Socket::SSL", "-e", "1"), file);
    }

    /** Runs it to its end; returns what it says, and fails if it does. */
    public String run(String... arguments) throws IOException, InterruptedException {
        Assumptions.assumeTrue(isInstalled(), () -> command + " " + String.join(" ", isThere) + " must work");
        var line = new ArrayList<>(
                List.of(command, Path.of("src/test/foreign", file).toString()));
        line.addAll(List.of(arguments));
        return outcome(line);
    }

    private boolean isInstalled() throws InterruptedException {
        var line = new ArrayList<>(List.of(command));
        line.addAll(isThere);
        try {
            outcome(line);
            return true;
        } catch (IOException | AssertionError e) {
            return false;
        }
    }

    private static String outcome(List<String> line) throws IOException, InterruptedException {
        Path said = Files.createTempFile("foreign", ".txt");
        try {
            Process script = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.to(said.toFile()))
                    .start();
            boolean ended = script.waitFor(PATIENCE_SECONDS, SECONDS);
            script.destroyForcibly();
            if (!ended || script.exitValue() != 0) {
                throw new AssertionError(
                        String.join(" ", line) + (ended ? " failed" : " did not end") + ":\n" + Files.readString(said));
            }
            return Files.readString(said);
        } finally {
            Files.delete(said);
        }
    }
}
