package org.stampede.broker.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.testing.Awaited.done;
import static org.stampede.testing.Awaited.next;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stampede.client.ClientSession;
import org.stampede.client.ReceivedMessage;
import org.stampede.client.StompClient;
import org.stampede.stomp.AckMode;

/** The Java client at a broker itself, over TCP. */
class JavaClientTest {

    @Test
    void itIsAClientOfArtemis(@TempDir Path directory) throws Exception {
        var broker = new ArtemisBroker(directory);
        broker.start();
        try (var client =
                StompClient.builder(URI.create("stomp://" + broker.address())).build()) {
            ClientSession session = done(client.connect());
            var jobs = new LinkedBlockingQueue<ReceivedMessage>();
            done(session.subscribe("/queue/jobs", AckMode.CLIENT_INDIVIDUAL, Map.of(), jobs::add)
                    .ready());
            done(session.send("/queue/jobs", "first"));
            ReceivedMessage job = next(jobs);
            assertThat(job.text()).isEqualTo("first");
            done(job.ack());
            done(session.disconnect());
        } finally {
            broker.close();
        }
    }
}
