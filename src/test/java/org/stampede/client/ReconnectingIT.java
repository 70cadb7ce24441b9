package org.stampede.client;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.stampede.stocks.Quote;

/** The Java client while its server dies and comes back. */
class ReconnectingIT {

    private static final Duration START = Duration.ofMinutes(3);

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<Quote> quotes = new LinkedBlockingQueue<>();

    @Test
    void aServerThatComesBackFindsTheSubscriptionsAgain() throws Exception {
        int port = ServerProcess.freePort();
        var server = new ServerProcess(port);
        try (StompClient client = StompClient.builder(server.endpoint())
                .reconnect(ReconnectPolicy.backOff(Duration.ofMillis(100), Duration.ofSeconds(2)))
                .holdWhileReconnecting(10)
                .listener(listener())
                .build()) {
            ClientSession session = connected(client, server);
            session.subscribe("/topic/price.stock.*", Quote.class, quotes::add);
            assertThat(quotes.poll(20, SECONDS)).isNotNull();

            server.close();
            assertThat(events.poll(20, SECONDS)).isEqualTo("disconnected");
            assertThat(session.state()).isEqualTo(SessionState.RECONNECTING);
            quotes.clear();
            var held = session.send("/topic/client.held", "kept").toCompletableFuture();

            server = new ServerProcess(port);
            assertThat(events.poll(START.toSeconds(), SECONDS)).isEqualTo("reconnected");
            assertThat(quotes.poll(20, SECONDS)).isNotNull();
            held.get(20, SECONDS);
            session.disconnect().toCompletableFuture().get(20, SECONDS);
            assertThat(events.poll(20, SECONDS)).isEqualTo("closed");
        } finally {
            server.close();
        }
    }

    private SessionListener listener() {
        return new SessionListener() {
            @Override
            public void onDisconnect(ClientSession session, StompClientException cause) {
                events.add("disconnected");
            }

            @Override
            public void onReconnect(ClientSession session) {
                events.add("reconnected");
            }

            @Override
            public void onClose(ClientSession session) {
                events.add("closed");
            }
        };
    }

    /** The first connection is tried once only, and a server takes its time to start. */
    private static ClientSession connected(StompClient client, ServerProcess server) {
        var session = new AtomicReference<ClientSession>();
        Awaitility.await("the server starts")
                .atMost(START)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptionsInstanceOf(ExecutionException.class)
                .until(() -> {
                    assertThat(server.isAlive()).isTrue();
                    session.set(client.connect().toCompletableFuture().get(20, SECONDS));
                    return true;
                });
        return session.get();
    }
}
