package org.stampede.broker.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.testing.Awaited.done;
import static org.stampede.testing.Awaited.next;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.stampede.broker.Broker;
import org.stampede.broker.BrokerSession;
import org.stampede.security.Peer;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.Headers;
import org.stampede.stomp.StompVersion;
import org.stampede.transport.CloseReason;
import org.stampede.transport.Outbox;
import org.stampede.transport.OutboxLimits;
import org.stampede.transport.Wire;

/** One session of a broker, which gets its messages on whatever thread. One thread at a time. */
final class RelayClient {

    private final BlockingQueue<Frame> received = new LinkedBlockingQueue<>();
    private final List<Runnable> stuck = new ArrayList<>();
    private boolean reading = true;
    private final Outbox outbox;
    final BrokerSession session;

    RelayClient(Broker broker) {
        this(broker, StompVersion.V1_2);
    }

    RelayClient(Broker broker, StompVersion version) {
        this(broker, version, Frame.of(Command.CONNECT));
    }

    /** A session of a client that has said who it is. */
    RelayClient(Broker broker, StompVersion version, Frame connect) {
        var limits = new OutboxLimits(10_000, 4 << 20, Duration.ofSeconds(60));
        outbox = new Outbox(new Paper(), limits, System::nanoTime);
        outbox.version(version);
        session = broker.open(new Peer("session", Optional.empty()), version, outbox, connect);
    }

    /** Takes what is written, as fast as the test says. */
    private final class Paper implements Wire {

        @Override
        public void write(List<Frame> frames, StompVersion version, Consumer<Optional<Throwable>> done) {
            Runnable taking = () -> {
                received.addAll(frames);
                done.accept(Optional.empty());
            };
            synchronized (stuck) {
                if (!reading) {
                    stuck.add(taking);
                    return;
                }
            }
            taking.run();
        }

        @Override
        public void close(CloseReason reason) {}
    }

    /** From now on nothing is taken. */
    void stopReading() {
        synchronized (stuck) {
            reading = false;
        }
    }

    void readOn() {
        List<Runnable> waiting;
        synchronized (stuck) {
            reading = true;
            waiting = List.copyOf(stuck);
            stuck.clear();
        }
        waiting.forEach(Runnable::run);
    }

    private static Headers headers(Headers first, String... more) {
        Headers all = first;
        for (String header : more) {
            int colon = header.indexOf(':');
            all = all.plus(header.substring(0, colon), header.substring(colon + 1));
        }
        return all;
    }

    /** Subscribes, waits for the RECEIPT, and starts. */
    RelayClient subscribe(String id, String destination, String... headers) throws Exception {
        done(subscribing(id, destination, headers));
        session.start(id);
        return this;
    }

    CompletionStage<Void> subscribing(String id, String destination, String... headers) {
        return session.accept(
                Frame.of(Command.SUBSCRIBE, headers(Headers.of("id", id, "destination", destination), headers)));
    }

    void unsubscribe(String id) throws Exception {
        done(session.accept(Frame.of(Command.UNSUBSCRIBE, "id", id)));
    }

    static Frame sendFrame(String destination, String body, String... headers) {
        return Frame.of(Command.SEND, headers(Headers.of("destination", destination), headers), body);
    }

    /** Sends, and waits for the RECEIPT. */
    void send(String destination, String body, String... headers) throws Exception {
        done(sending(destination, body, headers));
    }

    /** Sends, and asks for a RECEIPT. */
    CompletionStage<Void> sending(String destination, String body, String... headers) {
        Frame send = sendFrame(destination, body, headers);
        return session.accept(send.with(send.headers().plus("receipt", "1")));
    }

    static Frame ack(Frame message) {
        return Frame.of(Command.ACK, "id", ackId(message), "receipt", "1");
    }

    static Frame nack(Frame message, String... headers) {
        return Frame.of(Command.NACK, headers(Headers.of("id", ackId(message), "receipt", "1"), headers));
    }

    private static String ackId(Frame message) {
        return message.header("ack").or(() -> message.header("message-id")).orElseThrow();
    }

    void accept(Frame frame) throws Exception {
        done(session.accept(frame));
    }

    /** The next MESSAGE. */
    Frame message() throws InterruptedException {
        Frame frame = next(received);
        assertThat(frame.command()).isEqualTo(Command.MESSAGE);
        return frame;
    }

    /** The next MESSAGE, which has this body. */
    Frame message(String body) throws InterruptedException {
        Frame frame = message();
        assertThat(frame.bodyText()).isEqualTo(body);
        return frame;
    }

    /** How many messages nobody has taken. */
    int waiting() {
        return received.size();
    }

    /** The connection is gone. */
    void die() {
        outbox.abandon();
        session.close();
    }
}
