package org.stampede.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The opening handshake of a WebSocket (RFC 6455, section 4.1), octet by octet, as any program can say it. Stateless. */
public final class RawHandshake {

    private RawHandshake() {}

    /** Says it, and hangs up; returns the status code of the answer. */
    public static int status(URI endpoint, String host, String... more) {
        return Integer.parseInt(answer(endpoint, host, more).get(0).split(" ")[1]);
    }

    /**
     * Says it, and hangs up.
     *
     * @param more header lines, each without its end
     * @return the lines of the answer
     */
    public static List<String> answer(URI endpoint, String host, String... more) {
        try (var socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
            socket.setSoTimeout(20_000);
            String request = "GET " + endpoint.getPath() + " HTTP/1.1\r\nHost: " + host
                    + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
                    + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    + (more.length == 0 ? "" : String.join("\r\n", more) + "\r\n") + "\r\n";
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
            return Stream.generate(() -> line(in))
                    .takeWhile(line -> !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(BufferedReader in) {
        try {
            return Objects.requireNonNullElse(in.readLine(), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
