package org.stampede.broker.relay;

import static org.stampede.testing.Awaited.done;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.stampede.client.ClientSession;
import org.stampede.client.StompClient;

/** Behind ActiveMQ Classic. */
class ClassicRelayIT extends RelayContract {

    @Override
    RealBroker broker(Path directory) {
        return new ClassicBroker(directory);
    }

    /** There a NACK makes a dead letter. */
    @Override
    boolean nackRedelivers() {
        return false;
    }

    @Override
    boolean countsPrefetch() {
        return true;
    }

    /** A wildcard there has them. Advisories are among them, but STOMP has these with more libraries than are here only. */
    @Test
    void noWildcardHasTheTopicsOfTheBrokerItself() throws Exception {
        var eve = node().client().subscribe("t", "/topic/**").subscribe("own", "/topic/**", "ack:client-individual");
        try (var other =
                StompClient.builder(URI.create("stomp://" + real().address())).build()) {
            ClientSession session = done(other.connect());
            done(session.send("/topic/ActiveMQ.Agent", "not for eve"));
            done(session.send("/topic/" + name(), "end"));
            eve.message("end");
            eve.message("end");
        }
    }
}
