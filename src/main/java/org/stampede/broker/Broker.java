package org.stampede.broker;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
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
     * Begins a session of a client whose CONNECT may tell the broker who it is. Most brokers do not ask.
     *
     * @param connect the CONNECT, with the secrets that it has
     */
    default BrokerSession open(Peer peer, StompVersion version, Outbox outbox, Frame connect) {
        return open(peer, version, outbox);
    }

    /**
     * Publishes a message of the application.
     *
     * @param send a SEND frame
     * @return completed when the broker has taken the message, exceptionally with a {@link RefusedException} if it has not
     */
    CompletionStage<Void> publish(Frame send);

    /**
     * Gives a message that is private to sessions to the other nodes in front of this broker, if there are any. What cannot be given is
     * lost, as for sessions that are not there.
     *
     * @param send a SEND frame, whose destination tells the nodes which of their sessions is meant
     * @return completed when the others can be told, exceptionally with an {@link AwayException} if they cannot
     */
    default CompletionStage<Void> announce(Frame send) {
        return CompletableFuture.completedStage(null);
    }

    /**
     * Whether other nodes can be told more.
     *
     * @return completed when they can; until then who announces should take nothing more from its client
     */
    default CompletionStage<Void> roomForAnnouncements() {
        return CompletableFuture.completedFuture(null);
    }

    /** Sets who is given what other nodes announce: SEND frames as they have given them, one at a time, in order. */
    default void onAnnounced(Consumer<Frame> receiver) {}

    /** Keeps time; called every now and then by one thread. */
    void tick();

    /** Ends the broker: sessions get no more messages, and what is held in memory is gone. */
    @Override
    void close();

    /** Whether it deals at once, and in memory alone, with what sessions say to it. */
    default boolean isPrompt() {
        return false;
    }
}
