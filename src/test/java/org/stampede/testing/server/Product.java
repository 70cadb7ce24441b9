package org.stampede.testing.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What differs between the servers: how one is started, how applications come and go while it runs, and by which lines of its log
 * it says so. An instance is one server in a directory of its own. Not thread-safe.
 */
interface Product {

    /**
     * A place for one server.
     *
     * @param base       its directory, empty before the start
     * @param port       where it serves HTTP, on all addresses of this machine
     * @param jvmOptions what the test adds
     */
    record Site(Path base, int port, List<String> jvmOptions) {

        /** Where the database of the default data source lies; outlives a restart if the test wants it to. */
        Path kept() {
            return base.resolve("kept");
        }

        /** The database, for the default data source: each commit is written at once, as docs/servers.md says. */
        String database() {
            return "jdbc:h2:" + kept().resolve("stampede") + ";WRITE_DELAY=0";
        }
    }

    /** The product that the build is testing. */
    static Product of(Site site) {
        String name = System.getProperty("stampede.server", "payara");
        return switch (name) {
            case "payara" -> new PayaraMicro(site);
            case "wildfly" -> new WildFly(site);
            case "liberty" -> new OpenLiberty(site);
            default -> throw new IllegalArgumentException("No server is called " + name + ".");
        };
    }

    /** Lays out what the server needs, and tells how to start it, so that the process is the JVM itself. */
    ProcessBuilder launch() throws IOException;

    /** The line that says that the server takes requests. */
    Pattern ready();

    /** Asks the running server for an application. */
    void deploy(Application application, Process server) throws IOException;

    /** The line that says that it is there. */
    Pattern deployed(Application application);

    /** The line that says that it will not be. */
    Pattern refused(Application application);

    /** Asks the running server to end an application. */
    void undeploy(Application application, Process server) throws IOException;

    /** The line that says that it is gone. */
    Pattern undeployed(Application application);

    /** The JVM of the tests runs the servers too. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Where the build has unpacked a server that comes as an archive. */
    static Path home() {
        return Path.of(System.getProperty("server.home")).toAbsolutePath();
    }

    /** Copies a directory and all below it. */
    static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }
}
