package org.stampede.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.stampede.broker.BrokerSession;
import org.stampede.broker.RefusedException;
import org.stampede.security.Peer;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.Headers;
import org.stampede.stomp.StompVersion;
import org.stampede.testing.ManualClock;
import org.stampede.testing.RecordingWire;
import org.stampede.transport.Outbox;
import org.stampede.transport.OutboxLimits;

/** A broker with a clock that a test moves, and clients with real Outboxes over recording wires. */
final class TestBroker implements InstantSource {

    /** One session. */
    final class Client {

        final RecordingWire wire = new RecordingWire();
        final Outbox outbox;
        final BrokerSession session;

        private Client(StompVersion version, int frames) {
            outbox = new Outbox(wire, new OutboxLimits(frames, 1 << 20, Duration.ofSeconds(10)), new ManualClock());
            outbox.version(version);
            outbox.onOverflow(outbox::abandon);
            session = broker.open(new Peer("s", Optional.empty()), version, outbox);
        }

        /** Subscribes and starts. */
        Client subscribe(String id, String destination, String... headers) {
            accepted(session.accept(subscribeFrame(id, destination, headers)));
            session.start(id);
            return this;
        }

        void unsubscribe(String id) {
            accepted(session.accept(Frame.of(Command.UNSUBSCRIBE, "id", id)));
        }

        void send(String destination, String body, String... headers) {
            accepted(session.accept(sendFrame(destination, body, headers)));
        }

        /** Takes the next MESSAGE. */
        Frame message() {
            Frame frame = wire.next();
            assertThat(frame.command()).isEqualTo(Command.MESSAGE);
            return frame;
        }

        /** Takes the next MESSAGE, which has this body, and returns its id. */
        String message(String body) {
            Frame frame = message();
            assertThat(frame.bodyText()).isEqualTo(body);
            return frame.header("message-id").orElseThrow();
        }

        /** The bodies of all messages since the last look. */
        List<String> bodies() {
            List<String> bodies = wire.frames().stream().map(Frame::bodyText).toList();
            List<String> fresh = bodies.subList(seen, bodies.size());
            seen = bodies.size();
            return fresh;
        }

        private int seen;

        void ack(String id) {
            accepted(session.accept(Frame.of(Command.ACK, "id", id)));
        }

        void nack(String id, String... headers) {
            accepted(session.accept(frame(Command.NACK, Headers.of("id", id), headers)));
        }

        /** The connection is gone. */
        void die() {
            outbox.abandon();
            session.close();
        }
    }

    private Instant now = Instant.ofEpochMilli(1_000_000);
    final EmbeddedBroker broker;

    TestBroker(EmbeddedBrokerLimits limits) {
        this(limits, SlowSubscriptions.DISCONNECTED);
    }

    TestBroker(EmbeddedBrokerLimits limits, SlowSubscriptions slow) {
        broker = new EmbeddedBroker(limits, this, slow);
    }

    TestBroker() {
        this(EmbeddedBrokerLimits.DEFAULTS);
    }

    @Override
    public Instant instant() {
        return now;
    }

    void advance(Duration time) {
        now = now.plus(time);
    }

    Client client() {
        return client(StompVersion.V1_2);
    }

    Client client(StompVersion version) {
        return new Client(version, 10_000);
    }

    /** A client whose Outbox lets so many frames wait. */
    Client client(int frames) {
        return new Client(StompVersion.V1_2, frames);
    }

    void publish(String destination, String body, String... headers) {
        accepted(broker.publish(sendFrame(destination, body, headers)));
    }

    static Frame sendFrame(String destination, String body, String... headers) {
        Frame send = Frame.of(Command.SEND, Headers.of("destination", destination), body);
        return send.with(frame(Command.SEND, send.headers(), headers).headers());
    }

    static Frame subscribeFrame(String id, String destination, String... headers) {
        return frame(Command.SUBSCRIBE, Headers.of("id", id, "destination", destination), headers);
    }

    static Frame frame(Command command, Headers headers, String... more) {
        Headers all = headers;
        for (String header : more) {
            int colon = header.indexOf(':');
            all = all.plus(header.substring(0, colon), header.substring(colon + 1));
        }
        return Frame.of(command, all);
    }

    static void accepted(CompletionStage<Void> stage) {
        stage.toCompletableFuture().join();
        assertThat(stage.toCompletableFuture()).isCompleted();
    }

    /** The stage failed, and this is the sentence. */
    static String refused(CompletionStage<Void> stage) {
        try {
            stage.toCompletableFuture().join();
            throw new AssertionError("Expected a refusal, but the frame was accepted.");
        } catch (CompletionException e) {
            if (e.getCause() instanceof RefusedException refused) {
                return refused.detail();
            }
            throw e;
        }
    }

    /** The defaults with other values for queues, where nobody is held. */
    static EmbeddedBrokerLimits queueLimits(int queues, int messages, long octets, long total) {
        return holdLimits(queues, messages, octets, total, Duration.ZERO);
    }

    /** The defaults with other values for queues, where senders are held when half of that is there. */
    static EmbeddedBrokerLimits holdLimits(int queues, int messages, long octets, long total, Duration holdTime) {
        var d = EmbeddedBrokerLimits.DEFAULTS;
        return new EmbeddedBrokerLimits(
                queues,
                messages,
                octets,
                total,
                50,
                holdTime,
                d.deliveries(),
                d.unacknowledged(),
                d.unwrittenMessages(),
                d.unwrittenOctets(),
                d.heldMessages(),
                d.heldOctets(),
                d.parts());
    }

    /** The defaults with other values for what goes to one session. */
    static EmbeddedBrokerLimits flowLimits(
            int deliveries, int unacknowledged, int unwrittenMessages, long unwrittenOctets) {
        var d = EmbeddedBrokerLimits.DEFAULTS;
        return new EmbeddedBrokerLimits(
                d.queues(),
                d.queueMessages(),
                d.queueOctets(),
                d.totalOctets(),
                d.watermark(),
                d.holdTime(),
                deliveries,
                unacknowledged,
                unwrittenMessages,
                unwrittenOctets,
                d.heldMessages(),
                d.heldOctets(),
                d.parts());
    }

    /** The defaults with other values for subscriptions. */
    static EmbeddedBrokerLimits subscriptionLimits(int heldMessages, long heldOctets, int parts) {
        var d = EmbeddedBrokerLimits.DEFAULTS;
        return new EmbeddedBrokerLimits(
                d.queues(),
                d.queueMessages(),
                d.queueOctets(),
                d.totalOctets(),
                d.watermark(),
                d.holdTime(),
                d.deliveries(),
                d.unacknowledged(),
                d.unwrittenMessages(),
                d.unwrittenOctets(),
                heldMessages,
                heldOctets,
                parts);
    }
}
