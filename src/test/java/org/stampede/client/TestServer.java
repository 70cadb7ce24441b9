package org.stampede.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.stampede.stomp.Frame;
import org.stampede.stomp.FrameLimits;
import org.stampede.stomp.FrameParser;
import org.stampede.stomp.StompVersion;
import org.stampede.testing.RecordingWire;
import org.stampede.testing.WireAssert;
import org.stampede.testing.WireText;
import org.stampede.transport.CloseReason;

/**
 * The other end, in memory: takes connections, remembers what each was sent, and says what a test lets it say. As an extension
 * it checks after each test that no connection was sent more than the test expected. Not thread-safe.
 */
final class TestServer implements Connector, AfterEachCallback {

    private static final FrameLimits LIMITS = new FrameLimits(10_000, 20, 1_000, 5_000, 1_000, "limits");

    final List<Map<String, String>> handshakes = new ArrayList<>();
    final List<Connection> connections = new ArrayList<>();
    private Optional<RuntimeException> refusal = Optional.empty();

    /** From now on nobody gets a connection. */
    void refuse(RuntimeException why) {
        refusal = Optional.of(why);
    }

    void accept() {
        refusal = Optional.empty();
    }

    @Override
    public CompletionStage<?> open(Map<String, String> handshakeHeaders, Function<ClientWire, WireListener> onOpen) {
        handshakes.add(handshakeHeaders);
        if (refusal.isPresent()) {
            return CompletableFuture.failedFuture(refusal.get());
        }
        var connection = new Connection();
        connections.add(connection);
        connection.listener = onOpen.apply(connection);
        return CompletableFuture.completedFuture(connection);
    }

    /** The newest connection. */
    Connection connection() {
        return connections.get(connections.size() - 1);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (context.getExecutionException().isEmpty()) {
            connections.forEach(
                    connection -> WireAssert.assertThat(connection.wire).isExhausted());
        }
    }

    /** One connection, as the server sees it. */
    static final class Connection implements ClientWire {

        final RecordingWire wire = new RecordingWire();
        private final FrameParser parser = new FrameParser(LIMITS);
        private WireListener listener;
        /** How many reads were asked for and not yielded yet. */
        int reads;

        /** Says something to the client, who must have asked for a read. */
        Connection say(String readable) {
            if (reads == 0) {
                throw new AssertionError("The client does not read.");
            }
            reads--;
            listener.received(parser.parse(WireText.text(readable)));
            return this;
        }

        /** Breaks the connection. */
        void drop() {
            listener.ended(new ConnectionLostException("Dropped by the test.", null));
        }

        WireAssert client() {
            return WireAssert.assertThat(wire);
        }

        @Override
        public void read() {
            reads++;
        }

        @Override
        public void write(List<Frame> frames, StompVersion version, Consumer<Optional<Throwable>> done) {
            wire.write(frames, version, done);
        }

        @Override
        public void close(CloseReason reason) {
            wire.close(reason);
        }
    }
}
