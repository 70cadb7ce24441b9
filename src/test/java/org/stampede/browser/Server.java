package org.stampede.browser;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/**
 * Payara Micro with the WAR, as a process of its own, so that a test can end it and start it anew at the same address.
 * The build tells where the two lie. Confined to the thread of the tests.
 */
final class Server implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(3);

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = freePort();
    private final Path log = Path.of("target", "browser", "server.log");

    private final String access;

    private Optional<Process> process = Optional.empty();

    /** @param access the setting {@code stampede.access} */
    Server(String access) {
        this.access = access;
    }

    /** The address of the page. */
    URI page() {
        return URI.create("http://localhost:" + port + "/");
    }

    void start() {
        process = Optional.of(launch());
        Awaitility.await("the server answers").atMost(START).until(this::answers);
    }

    void stop() {
        process.ifPresent(Server::end);
        process = Optional.empty();
    }

    @Override
    public void close() {
        stop();
    }

    private Process launch() {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                // Soon enough for a test to see them.
                "-Dstampede.heart-beat.send=1000",
                "-Dstampede.heart-beat.receive=1000",
                "-Dstampede.access=" + access,
                "-jar",
                System.getProperty("payara.micro.jar"),
                "--deploy",
                System.getProperty("stampede.war"),
                "--contextroot",
                "/",
                "--port",
                String.valueOf(port),
                "--noCluster",
                "--nohostaware",
                "--disablephonehome");
        try {
            Files.createDirectories(log.getParent());
            File output = log.toFile();
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Payara opens its port before the application is there, and answers 404 meanwhile. */
    private boolean answers() throws InterruptedException {
        if (process.filter(Process::isAlive).isEmpty()) {
            throw new IllegalStateException("The server ended before it answered; see " + log + ".");
        }
        try {
            HttpRequest request = HttpRequest.newBuilder(page())
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(30, SECONDS)) {
                process.destroyForcibly().waitFor(10, SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
