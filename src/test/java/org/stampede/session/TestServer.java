package org.stampede.session;

import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.stampede.broker.Broker;
import org.stampede.broker.embedded.EmbeddedBroker;
import org.stampede.broker.embedded.EmbeddedBrokerLimits;
import org.stampede.security.Peer;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.Headers;
import org.stampede.stomp.HeartBeat;
import org.stampede.testing.ManualClock;
import org.stampede.transport.OutboxLimits;

/**
 * What sessions share in a test: the real broker, a recording application, a clock that is moved by hand. As an extension it
 * checks after each test that nothing was sent to a client which the test did not expect.
 */
final class TestServer implements AfterEachCallback {

    static final SessionSettings SETTINGS = new SessionSettings(
            "Stampede/test",
            new HeartBeat(10_000, 20_000),
            3,
            Duration.ofSeconds(70),
            Duration.ZERO,
            Duration.ofSeconds(10),
            10_000,
            3,
            2,
            RateLimits.NONE,
            2,
            4,
            2_000);

    final ManualClock clock = new ManualClock();
    private final long start = clock.getAsLong();
    final RecordingHandlers handlers = new RecordingHandlers();
    final SessionRegistry registry = new SessionRegistry();
    final Broker broker;
    private final SessionContext context;
    private final Executor executor;
    private final List<TestClient> clients = new ArrayList<>();

    private TestServer(SessionSettings settings, UnaryOperator<Broker> broker, Executor executor) {
        this(settings, broker, executor, Interception.NONE);
    }

    private TestServer(
            SessionSettings settings, UnaryOperator<Broker> broker, Executor executor, Interception interception) {
        this(settings, broker, executor, interception, AccessControl.OPEN, Login.NONE);
    }

    private TestServer(
            SessionSettings settings,
            UnaryOperator<Broker> broker,
            Executor executor,
            Interception interception,
            AccessControl access,
            Login login) {
        this.broker = broker.apply(embedded(EmbeddedBrokerLimits.DEFAULTS));
        this.context =
                new SessionContext(settings, this.broker, handlers, login, access, interception, registry, this::now);
        this.executor = executor;
    }

    private static Broker embedded(EmbeddedBrokerLimits limits) {
        return new EmbeddedBroker(limits, InstantSource.fixed(Instant.ofEpochSecond(1_000)));
    }

    /** Whatever is to be done is done at once, on the thread of the test. */
    static TestServer direct() {
        return new TestServer(SETTINGS, UnaryOperator.identity(), Runnable::run);
    }

    /** The tasks of sessions run on this executor. */
    static TestServer on(Executor executor) {
        return new TestServer(SETTINGS, UnaryOperator.identity(), executor);
    }

    /**
     * The tasks of sessions run on this executor, and subscriptions may hold all that others publish while a thread of
     * theirs is kept from sending it.
     */
    static TestServer wideOn(Executor executor) {
        var usual = EmbeddedBrokerLimits.DEFAULTS;
        var limits = new EmbeddedBrokerLimits(
                usual.queues(),
                usual.queueMessages(),
                usual.queueOctets(),
                usual.totalOctets(),
                usual.watermark(),
                usual.holdTime(),
                usual.deliveries(),
                usual.unacknowledged(),
                usual.unwrittenMessages(),
                usual.unwrittenOctets(),
                1_000_000,
                1_000_000_000,
                usual.parts());
        return new TestServer(SETTINGS, usualBroker -> embedded(limits), executor);
    }

    /** Clients are held when there are more messages in a queue, until there are half of it; twice as many are refused. */
    static TestServer holdingAbove(int messages) {
        var usual = EmbeddedBrokerLimits.DEFAULTS;
        var limits = new EmbeddedBrokerLimits(
                usual.queues(),
                2 * messages,
                usual.queueOctets(),
                usual.totalOctets(),
                50,
                usual.holdTime(),
                usual.deliveries(),
                usual.unacknowledged(),
                usual.unwrittenMessages(),
                usual.unwrittenOctets(),
                usual.heldMessages(),
                usual.heldOctets(),
                usual.parts());
        return new TestServer(SETTINGS, usualBroker -> embedded(limits), Runnable::run);
    }

    /** With other settings. */
    static TestServer with(SessionSettings settings) {
        return new TestServer(settings, UnaryOperator.identity(), Runnable::run);
    }

    /** With something between the sessions and the broker. */
    static TestServer behind(UnaryOperator<Broker> broker) {
        return new TestServer(SETTINGS, broker, Runnable::run);
    }

    /** With an application that intercepts frames. */
    static TestServer intercepting(Interception interception) {
        return new TestServer(SETTINGS, UnaryOperator.identity(), Runnable::run, interception);
    }

    /** Where not everybody may do everything. */
    static TestServer guardedBy(AccessControl access) {
        return new TestServer(SETTINGS, UnaryOperator.identity(), Runnable::run, Interception.NONE, access, Login.NONE);
    }

    /** What time it is to sessions; it goes as {@link #clock} does. */
    Instant now() {
        return Instant.ofEpochSecond(1_000).plusNanos(clock.getAsLong() - start);
    }

    /** Where CONNECT may tell who somebody is; the tasks of sessions run on this executor. */
    static TestServer askingAtTheDoor(Login login, AccessControl access, Executor executor) {
        return new TestServer(SETTINGS, UnaryOperator.identity(), executor, Interception.NONE, access, login);
    }

    /** A client that has not sent anything yet. */
    TestClient open() {
        return open(Optional.empty());
    }

    /** A client whose user logged in at the handshake, and who has not sent anything yet. */
    TestClient open(String user) {
        return open(Optional.of(() -> user));
    }

    private TestClient open(Optional<Principal> user) {
        return open(user, new OutboxLimits(100, 10_000, Duration.ofSeconds(20)));
    }

    /** A client for whom little may wait. */
    TestClient openNarrow(int frames, long octets) {
        return open(Optional.empty(), new OutboxLimits(frames, octets, Duration.ofSeconds(20)));
    }

    /** A client for whom all may wait that others publish while a thread of its own is kept from writing. */
    TestClient openWide() {
        return open(Optional.empty(), new OutboxLimits(1_000_000, 1_000_000_000, Duration.ofSeconds(20)));
    }

    private TestClient open(Optional<Principal> user, OutboxLimits limits) {
        var client =
                new TestClient(new Peer("session-" + (clients.size() + 1), user), context, limits, executor, clock);
        clients.add(client);
        return client;
    }

    /** A client that has received its CONNECTED. */
    TestClient connect(String version) {
        return open().connect(version);
    }

    /** The application sends a message. */
    void publish(String destination, String body) {
        broker.publish(Frame.of(Command.SEND, Headers.of("destination", destination), body));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        clients.forEach(client -> client.wire().afterEach(context));
    }
}
