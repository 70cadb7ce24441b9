package org.stampede.endurance;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.stampede.testing.StompSocket;

/**
 * A client in a process of its own, which takes a message from {@code /queue/jobs}, keeps it, sends heart-beats, and can be made to
 * vanish. Confined to one thread.
 */
final class DistantPeer implements AutoCloseable {

    private static final String WORKING = "working";

    private final Process process;

    /** Starts the client, and waits until it has its message. */
    DistantPeer(URI server) {
        var command = new ArrayList<String>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(List.of("-Xmx64m", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(DistantPeer.class.getName(), server.toString()));
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            var said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String line = said.readLine();
            if (!WORKING.equals(line)) {
                throw new AssertionError("The client says: " + line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The client's life; it ends when it is killed. */
    public static void main(String[] arguments) throws InterruptedException {
        var client = StompSocket.open(URI.create(arguments[0]));
        client.text("CONNECT\naccept-version:1.2\nheart-beat:200,0\n\n^@").next();
        client.text("SUBSCRIBE\nid:0\ndestination:/queue/jobs\nack:client-individual\n\n^@")
                .next();
        System.out.println(WORKING);
        while (true) {
            client.text("\n");
            Thread.sleep(200);
        }
    }

    /** Stops the process in its tracks; its connection stays open. */
    void freeze() {
        try {
            Process kill = new ProcessBuilder("kill", "-STOP", String.valueOf(process.pid())).start();
            if (!kill.waitFor(10, SECONDS) || kill.exitValue() != 0) {
                throw new AssertionError("The process cannot be frozen.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
