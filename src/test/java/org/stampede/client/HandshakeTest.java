package org.stampede.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.client.ConnectingTest.failure;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the client says on the network before there is STOMP, and when it leaves: octet by octet, to a server of the test's own. */
@Timeout(30)
class HandshakeTest {

    private static final String ACCEPT_SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int TEXT = 0x81;
    private static final int CLOSE = 0x88;

    private ServerSocket server;
    private StompClient client;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        client.close();
    }

    private CompletableFuture<ClientSession> connecting(UnaryOperator<StompClientBuilder> settings) {
        URI uri = URI.create("ws://localhost:" + server.getLocalPort() + "/stomp");
        client = settings.apply(StompClient.builder(uri)).build();
        return client.connect().toCompletableFuture();
    }

    @Test
    void theHandshakeHasTheHeadersAndOffersTheSubprotocols() throws Exception {
        var connecting = connecting(settings -> settings.acceptVersion10()
                .handshakeHeaders(() -> Map.of("Authorization", "Bearer x", "X-Tenant", "t1")));
        try (Socket socket = server.accept()) {
            assertThat(request(socket))
                    .containsEntry("authorization", "Bearer x")
                    .containsEntry("x-tenant", "t1")
                    .containsEntry("sec-websocket-protocol", "v12.stomp, v11.stomp, v10.stomp");
            socket.getOutputStream().write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n".getBytes(UTF_8));
            Awaitility.await().atMost(20, SECONDS).until(connecting::isDone);
        }
        assertThat(failure(connecting)).isInstanceOf(ConnectionLostException.class);
    }

    @Test
    void aServerThatNeverAnswersTheHandshakeIsGivenUp() throws Exception {
        var connecting = connecting(settings -> settings.connectTime(Duration.ofMillis(300)));
        try (Socket socket = server.accept()) {
            Awaitility.await().atMost(20, SECONDS).until(connecting::isDone);
        }
        assertThat(failure(connecting)).isInstanceOf(ConnectionLostException.class);
    }

    @Test
    void whoDisconnectsClosesWith1000() throws Exception {
        var connecting = connecting(settings -> settings);
        try (Socket socket = server.accept()) {
            accept(socket);
            assertThat(message(socket)).isEqualTo(TEXT + " CONNECT");
            say(socket, "CONNECTED\nversion:1.2\n\n\0");
            var disconnected = connecting.thenCompose(ClientSession::disconnect);
            assertThat(message(socket)).isEqualTo(TEXT + " DISCONNECT");
            say(socket, "RECEIPT\nreceipt-id:disconnect\n\n\0");
            disconnected.get(20, SECONDS);
            assertThat(message(socket)).isEqualTo(CLOSE + " 1000");
        }
    }

    /** The headers of an HTTP request, their names in lower case. */
    private static Map<String, String> request(Socket socket) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        assertThat(reader.readLine()).isEqualTo("GET /stomp HTTP/1.1");
        var headers = new TreeMap<String, String>();
        for (String line = reader.readLine(); !line.isEmpty(); line = reader.readLine()) {
            List<String> header = List.of(line.split(": ", 2));
            headers.put(header.get(0).toLowerCase(Locale.ROOT), header.get(1));
        }
        return headers;
    }

    private static void accept(Socket socket) throws Exception {
        String key = request(socket).get("sec-websocket-key");
        byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + ACCEPT_SALT).getBytes(UTF_8));
        socket.getOutputStream()
                .write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Protocol: v12.stomp\r\nSec-WebSocket-Accept: "
                                + Base64.getEncoder().encodeToString(digest) + "\r\n\r\n")
                        .getBytes(UTF_8));
    }

    /** The first octet of the next short WebSocket frame, and of its content the command, or the code of a close. */
    private static String message(Socket socket) throws IOException {
        var input = new DataInputStream(socket.getInputStream());
        int first = input.readUnsignedByte();
        int length = input.readUnsignedByte() & 0x7F;
        assertThat(length).as("a length of one octet, or two").isLessThan(127);
        byte[] mask = new byte[4];
        byte[] content = new byte[length == 126 ? input.readUnsignedShort() : length];
        input.readFully(mask);
        input.readFully(content);
        for (int i = 0; i < content.length; i++) {
            content[i] ^= mask[i % 4];
        }
        return first + " "
                + (first == CLOSE
                        ? String.valueOf((content[0] & 0xFF) << 8 | content[1] & 0xFF)
                        : new String(content, UTF_8).lines().findFirst().orElse(""));
    }

    private static void say(Socket socket, String text) throws IOException {
        byte[] octets = text.getBytes(UTF_8);
        socket.getOutputStream().write(new byte[] {(byte) TEXT, (byte) octets.length});
        socket.getOutputStream().write(octets);
    }
}
