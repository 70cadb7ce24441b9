package org.stampede.client;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Payara Micro with the WAR, open to all, as a process of its own that a test may kill. Confined to the thread of its test. */
final class ServerProcess implements AutoCloseable {

    private static final Path LOG = Path.of("target", "client", "server.log");

    private final int port;
    private final Process process;

    ServerProcess(int port) throws IOException {
        this.port = port;
        Files.createDirectories(LOG.getParent());
        this.process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Dstampede.access=open",
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
                        "--disablephonehome"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(LOG.toFile()))
                .start();
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI endpoint() {
        return URI.create("ws://localhost:" + port + "/stomp");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends the server without a word, as a power failure does. */
    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor(30, SECONDS);
    }
}
