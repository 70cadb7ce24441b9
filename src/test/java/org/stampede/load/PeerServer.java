package org.stampede.load;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.awaitility.Awaitility;
import org.stampede.testing.Ports;

/** What Stampede is measured against, as a process of its own, built by Maven from {@code src/test/peers}. */
final class PeerServer implements Host {

    /** Those that there are. */
    enum Peer {
        SPRING("Spring's simple broker", "load.SpringBroker", Dialect.SPRING, "--server.port="),
        VERTX("Vert.x STOMP", "load.VertxBroker", Dialect.VERTX, ""),
        ARTEMIS("Artemis", "load.ArtemisBroker", Dialect.ARTEMIS, "");

        private final String title;
        private final String mainClass;
        private final Dialect dialect;
        private final String portOption;

        Peer(String title, String mainClass, Dialect dialect, String portOption) {
            this.title = title;
            this.mainClass = mainClass;
            this.dialect = dialect;
            this.portOption = portOption;
        }
    }

    private static final Path PLACE = Path.of("target/load").toAbsolutePath();

    private final Peer peer;
    private final int port;
    private final Process process;

    PeerServer(Peer peer, String heap) throws IOException, InterruptedException {
        this.peer = peer;
        String name = peer.name().toLowerCase(Locale.ROOT);
        port = Ports.free();
        Path classPath = PLACE.resolve(name + ".classpath");
        build(name, classPath);
        Path log = PLACE.resolve(name + ".log");
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heap,
                        "-cp",
                        PLACE.resolve(name + "/classes") + ":" + Files.readString(classPath),
                        peer.mainClass,
                        peer.portOption + port)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Awaitility.await("the start of " + peer.title)
                .atMost(Duration.ofMinutes(2))
                .until(() -> Files.readString(log).contains("Started " + peer.mainClass.substring("load.".length())));
    }

    private static void build(String name, Path classPath) throws IOException, InterruptedException {
        Path project = Path.of("src/test/peers", name, "pom.xml");
        Process maven = new ProcessBuilder(List.of(
                        System.getProperty("maven.home") + "/bin/mvn",
                        "-q",
                        "-B",
                        "-f",
                        project.toString(),
                        "-DbuildDirectory=" + PLACE.resolve(name),
                        "-Dmdep.outputFile=" + classPath,
                        "compile",
                        "dependency:build-classpath"))
                .inheritIO()
                .start();
        if (maven.waitFor() != 0) {
            throw new IOException("Maven could not build " + project + ".");
        }
    }

    @Override
    public List<Contender> contenders() {
        URI endpoint = URI.create("ws://localhost:" + port + "/stomp");
        return List.of(new Contender(peer.title, process.pid(), endpoint, peer.dialect));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
