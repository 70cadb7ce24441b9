package org.stampede.endurance;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * A network of two addresses of this machine, between which the way can be cut. Needs the rights of root on Linux: tests that make
 * one are skipped without. There are routes only and no interface, whose coming and going makes each browser on the machine drop its
 * requests (ERR_NETWORK_CHANGED), also those of tests of other builds. Confined to one thread.
 */
final class CuttableNetwork implements AutoCloseable {

    /** Of this process, so that builds side by side do not meet. */
    private static final long NUMBER = ProcessHandle.current().pid() % 60_000;

    private static final String SUBNET = "127.%d.%d.".formatted(1 + (NUMBER >> 8), NUMBER & 0xff);
    private static final String NEAR = SUBNET + "1";
    private static final String FAR = SUBNET + "2";

    /** Whoever connects to the one address comes from the other. */
    CuttableNetwork() {
        Assumptions.assumeTrue(
                route("add", "local", NEAR, "dev", "lo", "src", FAR), "Networks can be cut by root only, on Linux.");
    }

    /** The address of a server on this machine as it is seen from the other end. */
    URI outside(URI server) {
        return URI.create(server.toString().replace("localhost", NEAR));
    }

    /** From now on nothing gets through, and nobody is told. */
    void cut() {
        must("add", "blackhole", FAR);
        must("replace", "blackhole", NEAR);
    }

    @Override
    public void close() {
        route("del", NEAR);
        route("del", FAR);
    }

    private static void must(String... change) {
        if (!route(change)) {
            throw new AssertionError("ip route " + List.of(change) + " failed");
        }
    }

    private static boolean route(String... change) {
        var command = new ArrayList<>(List.of("ip", "route"));
        command.addAll(List.of(change));
        command.addAll(List.of("table", "local"));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean done = process.waitFor(10, SECONDS) && process.exitValue() == 0;
            if (!done) {
                System.err.println(command + ": " + said);
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
