package org.stampede.session;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.stampede.broker.Broker;
import org.stampede.broker.BrokerSession;
import org.stampede.security.Peer;
import org.stampede.stomp.Frame;
import org.stampede.stomp.StompVersion;
import org.stampede.transport.Outbox;

/** Holds what sessions ask of a broker until the test lets it through, as a broker far away would. Not thread-safe. */
final class LaterBroker implements Broker {

    private record Waiting(Supplier<CompletionStage<Void>> action, CompletableFuture<Void> answer) {}

    private final Broker broker;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

    LaterBroker(Broker broker) {
        this.broker = broker;
    }

    /** Lets the oldest request through. */
    void answerOne() {
        Waiting oldest = waiting.remove();
        oldest.action().get().whenComplete((nothing, failure) -> {
            if (failure == null) {
                oldest.answer().complete(null);
            } else {
                oldest.answer().completeExceptionally(failure);
            }
        });
    }

    /** Lets all requests through, in order. */
    void answerAll() {
        while (!waiting.isEmpty()) {
            answerOne();
        }
    }

    private CompletionStage<Void> later(Supplier<CompletionStage<Void>> action) {
        var answer = new CompletableFuture<Void>();
        waiting.add(new Waiting(action, answer));
        return answer;
    }

    @Override
    public BrokerSession open(Peer peer, StompVersion version, Outbox outbox) {
        return new LaterSession(broker.open(peer, version, outbox));
    }

    @Override
    public CompletionStage<Void> publish(Frame send) {
        return broker.publish(send);
    }

    @Override
    public void tick() {
        broker.tick();
    }

    @Override
    public void close() {
        broker.close();
    }

    private final class LaterSession implements BrokerSession {

        private final BrokerSession session;

        LaterSession(BrokerSession session) {
            this.session = session;
        }

        @Override
        public CompletionStage<Void> accept(Frame frame) {
            return later(() -> session.accept(frame));
        }

        @Override
        public CompletionStage<Void> commit(List<Frame> frames) {
            return later(() -> session.commit(frames));
        }

        @Override
        public void start(String subscriptionId) {
            session.start(subscriptionId);
        }

        @Override
        public void deliver(String subscriptionId, Frame send) {
            session.deliver(subscriptionId, send);
        }

        @Override
        public void deliverSnapshot(String subscriptionId, Frame send) {
            session.deliverSnapshot(subscriptionId, send);
        }

        @Override
        public CompletionStage<Void> close() {
            return later(session::close);
        }
    }
}
