package org.stampede.client;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.testing.Awaited.done;
import static org.stampede.testing.Awaited.next;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.stampede.stocks.Quote;
import org.stampede.testing.RecordedEvents;
import org.stampede.testing.server.ServerProcess;

/** The Java client while its server dies and comes back. */
class ReconnectingIT {

    private final RecordedEvents events = new RecordedEvents();
    private final BlockingQueue<Quote> quotes = new LinkedBlockingQueue<>();

    @Test
    void aServerThatComesBackFindsTheSubscriptionsAgain() throws Exception {
        try (var server = new ServerProcess("reconnecting", "-Xmx512m", "-Dstampede.access=open");
                StompClient client = StompClient.builder(server.endpoint("/"))
                        .reconnect(ReconnectPolicy.backOff(Duration.ofMillis(100), Duration.ofSeconds(2)))
                        .holdWhileReconnecting(10)
                        .listener(events)
                        .build()) {
            server.start();
            server.deploy(Path.of(System.getProperty("stampede.war")), "/");
            ClientSession session = done(client.connect());
            session.subscribe("/topic/price.stock.*", Quote.class, quotes::add);
            assertThat(quotes.poll(20, SECONDS)).isNotNull();

            server.kill();
            assertThat(next(events.queue())).isEqualTo("disconnected");
            assertThat(session.state()).isEqualTo(SessionState.RECONNECTING);
            quotes.clear();
            var held = session.send("/topic/client.held", "kept").toCompletableFuture();

            server.start();
            assertThat(next(events.queue())).isEqualTo("reconnected");
            assertThat(quotes.poll(20, SECONDS)).isNotNull();
            held.get(20, SECONDS);
            done(session.disconnect());
            assertThat(next(events.queue())).isEqualTo("closed");
        }
    }
}
