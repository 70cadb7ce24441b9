package org.stampede.client;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.stampede.stocks.Quote;
import org.stampede.testing.server.ServerProcess;

/** The Java client while its server dies and comes back. */
class ReconnectingIT {

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<Quote> quotes = new LinkedBlockingQueue<>();

    @Test
    void aServerThatComesBackFindsTheSubscriptionsAgain() throws Exception {
        try (var server = new ServerProcess("reconnecting", "-Xmx512m", "-Dstampede.access=open");
                StompClient client = StompClient.builder(server.endpoint("/"))
                        .reconnect(ReconnectPolicy.backOff(Duration.ofMillis(100), Duration.ofSeconds(2)))
                        .holdWhileReconnecting(10)
                        .listener(listener())
                        .build()) {
            server.start();
            server.deploy(Path.of(System.getProperty("stampede.war")), "/");
            ClientSession session = client.connect().toCompletableFuture().get(20, SECONDS);
            session.subscribe("/topic/price.stock.*", Quote.class, quotes::add);
            assertThat(quotes.poll(20, SECONDS)).isNotNull();

            server.kill();
            assertThat(events.poll(20, SECONDS)).isEqualTo("disconnected");
            assertThat(session.state()).isEqualTo(SessionState.RECONNECTING);
            quotes.clear();
            var held = session.send("/topic/client.held", "kept").toCompletableFuture();

            server.start();
            assertThat(events.poll(20, SECONDS)).isEqualTo("reconnected");
            assertThat(quotes.poll(20, SECONDS)).isNotNull();
            held.get(20, SECONDS);
            session.disconnect().toCompletableFuture().get(20, SECONDS);
            assertThat(events.poll(20, SECONDS)).isEqualTo("closed");
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
}
