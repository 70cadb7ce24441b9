package org.stampede.load;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.stampede.testing.server.ServerProcess;

/** The server of the profile with the floor, an application on top of Stampede, or both. Confined to one thread. */
public final class TestedServer implements Host {

    private static final Path PLACE = Path.of("target/load").toAbsolutePath();

    private final ServerProcess server;
    private final List<Contender> contenders = new ArrayList<>();

    private TestedServer(String heap) {
        server = new ServerProcess("load", options("-Xmx" + heap).toArray(String[]::new));
        server.start();
    }

    /** What a server is started with, so that no limit for clients is in the way. */
    private static List<String> options(String heap) {
        return List.of(
                heap,
                "-Dstampede.access=open",
                "-Dstampede.limit.frames-per-second=0",
                "-Dstampede.limit.octets-per-second=0",
                "-Dstampede.limit.connections=20000",
                "-Dstampede.limit.connections-per-address=20000");
    }

    static TestedServer withBoth(String heap) throws IOException {
        return new TestedServer(heap).floor().stampede();
    }

    static TestedServer withFloor(String heap) throws IOException {
        return new TestedServer(heap).floor();
    }

    static TestedServer withStampede(String heap) throws IOException {
        return new TestedServer(heap).stampede();
    }

    private TestedServer floor() throws IOException {
        Path war = PLACE.resolve("floor.war");
        export(ShrinkWrap.create(WebArchive.class, "floor.war").addClass(FloorEndpoint.class), war);
        server.deploy(war, "/load");
        var endpoint = server.endpoint("/load").resolve("floor");
        contenders.add(new Contender("floor on " + product(), server.pid(), endpoint, Dialect.BARE));
        return this;
    }

    private TestedServer stampede() throws IOException {
        Path war = PLACE.resolve("load-desk.war");
        exportApplication(war);
        server.deploy(war, "/");
        contenders.add(new Contender("Stampede on " + product(), server.pid(), server.endpoint("/"), Dialect.STAMPEDE));
        return this;
    }

    /** Makes the application that is measured: the library, handlers and rules for slow clients. */
    public static void exportApplication(Path war) throws IOException {
        export(
                ShrinkWrap.create(WebArchive.class, war.getFileName().toString())
                        .addClasses(Echo.class, LoadDesk.class)
                        .addAsLibrary(new File(System.getProperty("stampede.lib"))),
                war);
    }

    private static void export(WebArchive archive, Path war) throws IOException {
        Files.createDirectories(war.getParent());
        archive.as(ZipExporter.class).exportTo(war.toFile(), true);
    }

    private static String product() {
        return System.getProperty("stampede.server");
    }

    @Override
    public List<Contender> contenders() {
        return contenders;
    }

    @Override
    public void close() {
        server.close();
    }
}
