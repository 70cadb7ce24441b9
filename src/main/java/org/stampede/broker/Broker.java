package org.stampede.broker;

import java.util.concurrent.CompletionStage;
import org.stampede.security.Peer;
import org.stampede.stomp.Frame;
import org.stampede.stomp.StompVersion;
import org.stampede.transport.Outbox;

/** Takes messages in, and gives each to the subscriptions that want it. Thread-safe; no method blocks. */
public interface Broker extends AutoCloseable {

    /**
     * Begins a session.
     *
     * @param peer    who is at its other end
     * @param version decides which headers a MESSAGE has
     * @param outbox  where its MESSAGE frames go
     */
    BrokerSession open(Peer peer, StompVersion version, Outbox outbox);

    /**
     * Publishes a message of the application.
     *
     * @param send a SEND frame
     * @return completed when the broker has taken the message, exceptionally with a {@link RefusedException} if it has not
     */
    CompletionStage<Void> publish(Frame send);

    /** Ends the broker: sessions get no more messages, and what is held in memory is gone. */
    @Override
    void close();
}
