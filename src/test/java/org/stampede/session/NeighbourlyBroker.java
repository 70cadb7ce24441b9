package org.stampede.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.stampede.broker.Broker;
import org.stampede.broker.BrokerSession;
import org.stampede.security.Peer;
import org.stampede.stomp.Frame;
import org.stampede.stomp.StompVersion;
import org.stampede.transport.Outbox;

/** A broker with other nodes in front of it, which are played by the test. Not thread-safe. */
final class NeighbourlyBroker implements Broker {

    private final Broker broker;
    /** What this node has announced. */
    final List<Frame> announced = new ArrayList<>();
    /** Completed when the other nodes can be told more. */
    CompletableFuture<Void> room = CompletableFuture.completedFuture(null);
    /** What another node announces is given to this. */
    Consumer<Frame> receiver = frame -> {};

    NeighbourlyBroker(Broker broker) {
        this.broker = broker;
    }

    @Override
    public BrokerSession open(Peer peer, StompVersion version, Outbox outbox) {
        return broker.open(peer, version, outbox);
    }

    @Override
    public CompletionStage<Void> publish(Frame send) {
        return broker.publish(send);
    }

    @Override
    public CompletionStage<Void> announce(Frame send) {
        announced.add(send);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Void> roomForAnnouncements() {
        return room;
    }

    @Override
    public void onAnnounced(Consumer<Frame> newReceiver) {
        receiver = newReceiver;
    }

    @Override
    public void tick() {
        broker.tick();
    }

    @Override
    public void close() {
        broker.close();
    }
}
