package org.stampede.endurance;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * A network of two, this machine and a place on it that only one cable leads to. Needs the rights of root on Linux: tests that make
 * one are skipped without. Confined to one thread.
 */
final class CuttableNetwork implements AutoCloseable {

    /** Of this process, so that builds side by side do not meet. */
    private static final long NUMBER = ProcessHandle.current().pid() % 60_000;

    private static final String SPACE = "stampede" + NUMBER;
    private static final String NEAR = "near" + NUMBER;
    private static final String FAR = "far" + NUMBER;
    private static final String SUBNET = "10.%d.%d.".formatted(NUMBER >> 8, NUMBER & 0xff);

    CuttableNetwork() {
        Assumptions.assumeTrue(run("ip", "netns", "add", SPACE), "Networks can be cut by root only, on Linux.");
        must("ip", "link", "add", NEAR, "type", "veth", "peer", "name", FAR, "netns", SPACE);
        must("ip", "addr", "add", SUBNET + "1/30", "dev", NEAR);
        must("ip", "link", "set", NEAR, "up");
        must("ip", "-n", SPACE, "addr", "add", SUBNET + "2/30", "dev", FAR);
        must("ip", "-n", SPACE, "link", "set", FAR, "up");
    }

    /** What is before a command that is to run at the other end. */
    List<String> inside() {
        return List.of("ip", "netns", "exec", SPACE);
    }

    /** The address of a server on this machine as it is seen from there. */
    URI outside(URI server) {
        return URI.create(server.toString().replace("localhost", SUBNET + "1"));
    }

    /** From now on nothing gets through, and nobody is told. */
    void cut() {
        must("ip", "-n", SPACE, "link", "set", FAR, "down");
    }

    @Override
    public void close() {
        run("ip", "netns", "del", SPACE);
    }

    private static void must(String... command) {
        if (!run(command)) {
            throw new AssertionError(List.of(command) + " failed");
        }
    }

    private static boolean run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean done = process.waitFor(10, SECONDS) && process.exitValue() == 0;
            if (!done) {
                System.err.println(List.of(command) + ": " + said);
            }
            return done;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
