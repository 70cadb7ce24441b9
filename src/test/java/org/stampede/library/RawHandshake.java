package org.stampede.library;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;

/** The opening handshake of a WebSocket (RFC 6455, section 4.1), octet by octet, as any program can say it. Stateless. */
final class RawHandshake {

    private RawHandshake() {}

    /**
     * Says it, and hangs up.
     *
     * @param more header lines, each without its end
     * @return the status code of the answer
     */
    static int status(URI endpoint, String host, String... more) {
        try (var socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
            socket.setSoTimeout(20_000);
            String request = "GET " + endpoint.getPath() + " HTTP/1.1\r\nHost: " + host
                    + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
                    + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    + (more.length == 0 ? "" : String.join("\r\n", more) + "\r\n") + "\r\n";
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
            return Integer.parseInt(in.readLine().split(" ")[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
