package org.stampede.client;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.stampede.stomp.Command;
import org.stampede.testing.ManualClock;

/** A session on a {@link TestServer}, with a clock that the test moves and chance that it sets. Not thread-safe. */
final class TestSession implements SessionListener {

    final ManualClock clock = new ManualClock();
    final List<String> events = new ArrayList<>();
    final ClientSession session;
    /** At least 0, less than 1. */
    double chance;

    private final TestServer server;
    private CompletionStage<ClientSession> connecting = new CompletableFuture<>();

    TestSession(TestServer server, Executor executor, UnaryOperator<StompClientBuilder> settings) {
        this.server = server;
        var builder = StompClient.builder(URI.create("ws://example.com/stomp"))
                .receiptTime(Duration.ofSeconds(15))
                .heartBeat(Duration.ZERO, Duration.ZERO)
                .listener(this);
        this.session = new ClientSession(
                settings.apply(builder).settings(),
                server,
                new Callbacks(executor),
                new Payloads(),
                clock,
                () -> chance);
    }

    static TestSession on(TestServer server) {
        return on(server, settings -> settings);
    }

    static TestSession on(TestServer server, UnaryOperator<StompClientBuilder> settings) {
        return new TestSession(server, Runnable::run, settings);
    }

    TestSession connecting() {
        connecting = session.connect();
        return this;
    }

    TestSession connected() {
        connecting();
        server.connection().client().sent(Command.CONNECT);
        server.connection().say("CONNECTED\nversion:1.2\n\n^@");
        return this;
    }

    CompletableFuture<ClientSession> connection() {
        return connecting.toCompletableFuture();
    }

    /** Lets time pass, and the timer tick at its end. */
    void pass(Duration time) {
        clock.advance(time);
        session.tick(clock.getAsLong());
    }

    @Override
    public void onError(ClientSession of, StompErrorException error) {
        events.add("error: " + error.summary());
    }

    @Override
    public void onDisconnect(ClientSession of, StompClientException cause) {
        events.add("disconnect: " + cause.getMessage());
    }

    @Override
    public void onReconnect(ClientSession of) {
        events.add("reconnect");
    }

    @Override
    public void onClose(ClientSession of) {
        events.add("close");
    }
}
