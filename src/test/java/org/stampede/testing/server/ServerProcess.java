package org.stampede.testing.server;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.stampede.testing.Ports;

/**
 * A server that a test may do anything to. It keeps its port when it is started anew, and begins each time as if it was just
 * installed, with what was deployed before, and with its database if it is asked to. What it writes is in {@code target/servers}. Confined to one thread.
 */
public final class ServerProcess implements AutoCloseable {

    private static final Path PLACE = Path.of("target", "servers").toAbsolutePath();

    private final int port = Ports.free();
    private final Path base;
    private final Product.Site site;
    private final Product product;
    private final ServerLog log;
    private final Map<String, Application> applications = new TreeMap<>();

    private Optional<Process> process = Optional.empty();

    /**
     * Prepares a server, and does not start it.
     *
     * @param name       of its directory and its log, one for each test class
     * @param jvmOptions such as {@code -Dstampede.limit.body=10}
     */
    public ServerProcess(String name, String... jvmOptions) {
        base = PLACE.resolve(name + "-" + ProcessHandle.current().pid());
        log = new ServerLog(PLACE.resolve(name + ".log"));
        site = new Product.Site(base, port, List.of(jvmOptions));
        product = Product.of(site);
    }

    /** Starts the server, and what is deployed on it, with an empty database, and waits until it answers. */
    public void start() {
        clear();
        startWithWhatIsKept();
    }

    /** Starts the server with the database that it had, see {@link #start}. */
    public void startAgain() {
        clearBut(site.kept());
        startWithWhatIsKept();
    }

    private void startWithWhatIsKept() {
        try {
            Files.createDirectories(base);
            log.mark();
            process = Optional.of(product.launch()
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(log.file().toFile()))
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Process started = running();
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        log.await(product.ready(), this::isAlive);
        List.copyOf(applications.values()).forEach(this::deploy);
    }

    /** Deploys a WAR at a context root on the running server, and waits until it is there. */
    public void deploy(Path war, String context) {
        deploy(new Application(context, war.toAbsolutePath()));
    }

    private void deploy(Application application) {
        applications.put(application.context(), application);
        log.mark();
        try {
            product.deploy(application, running());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        log.await(product.deployed(application), product.refused(application), this::isAlive);
    }

    /** Takes an application off the running server, and waits until it is gone. */
    public void undeploy(String context) {
        Application application = applications.remove(context);
        log.mark();
        try {
            product.undeploy(application, running());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        log.await(product.undeployed(application), this::isAlive);
    }

    /** The address of an application's pages. */
    public URI page(String context) {
        return URI.create("http://localhost:" + port + context);
    }

    /** The address of an application's endpoint. */
    public URI endpoint(String context) {
        return URI.create("ws://localhost:" + port + context.replaceFirst("/?$", "/stomp"));
    }

    /** Where the server serves HTTP. */
    public int port() {
        return port;
    }

    /** The id of the process. */
    public long pid() {
        return running().pid();
    }

    /** What is in the server's memory. */
    public ServerMemory memory() {
        return new ServerMemory(running().pid());
    }

    /** Whether the process runs, or is frozen. */
    public boolean isAlive() {
        return process.filter(Process::isAlive).isPresent();
    }

    /** Asks the server to end, and waits for it. */
    public void stop() {
        process.ifPresent(Process::destroy);
        end();
    }

    /** Ends the server without a word, as a power failure does. */
    public void kill() {
        process.ifPresent(Process::destroyForcibly);
        end();
    }

    private void end() {
        process.ifPresent(ended -> {
            try {
                if (!ended.waitFor(60, SECONDS)) {
                    ended.destroyForcibly().waitFor();
                    throw new AssertionError("The server did not end; see " + log.file() + ".");
                }
            } catch (InterruptedException e) {
                ended.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        });
        process = Optional.empty();
    }

    /** Kills the server and removes its directory; its log stays. */
    @Override
    public void close() {
        kill();
        clear();
    }

    private void clear() {
        if (Files.exists(base)) {
            delete(base);
        }
    }

    private void clearBut(Path kept) {
        try (var files = Files.list(base)) {
            files.filter(file -> !file.equals(kept)).forEach(ServerProcess::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path tree) {
        try (var files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process running() {
        return process.orElseThrow(() -> new IllegalStateException("The server has not been started."));
    }
}
