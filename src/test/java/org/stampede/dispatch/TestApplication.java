package org.stampede.dispatch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.validation.Validation;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.stampede.broker.embedded.EmbeddedBroker;
import org.stampede.broker.embedded.EmbeddedBrokerLimits;
import org.stampede.messaging.FrameInterceptor;
import org.stampede.messaging.HandlerFailure;
import org.stampede.messaging.MessageConverter;
import org.stampede.messaging.Messenger;
import org.stampede.messaging.StompSessions;
import org.stampede.security.AccessRules;
import org.stampede.security.Authenticator;
import org.stampede.security.Peer;
import org.stampede.session.AccessControl;
import org.stampede.session.Connection;
import org.stampede.session.Interception;
import org.stampede.session.Login;
import org.stampede.session.RateLimits;
import org.stampede.session.SessionContext;
import org.stampede.session.SessionRegistry;
import org.stampede.session.SessionSettings;
import org.stampede.stomp.FrameLimits;
import org.stampede.stomp.FrameParser;
import org.stampede.stomp.HeartBeat;
import org.stampede.testing.ManualClock;
import org.stampede.testing.ManualExecutor;
import org.stampede.testing.RecordingWire;
import org.stampede.testing.WireText;
import org.stampede.transport.InboxLimits;
import org.stampede.transport.Outbox;
import org.stampede.transport.OutboxLimits;

/**
 * An application on Weld SE behind real sessions and the real broker: wire text in, wire text out, all on the thread of the
 * test. Beans may inject {@link Messenger} and {@link Journal}.
 */
final class TestApplication implements AutoCloseable {

    private static final SessionSettings SETTINGS = new SessionSettings(
            "Test/1",
            HeartBeat.NONE,
            3,
            Duration.ofMinutes(1),
            Duration.ZERO,
            Duration.ofMinutes(1),
            10_000,
            100,
            100,
            RateLimits.NONE,
            10,
            100,
            100_000);

    /** How long a stage of a handler may take. */
    static final Duration HANDLER_TIME = Duration.ofSeconds(30);

    static final LoginLimits LOGINS = new LoginLimits(2, Duration.ofMinutes(1), Duration.ofSeconds(1));

    /** How often something was run as a thread of the application. */
    final AtomicInteger asApplication = new AtomicInteger();

    /** Has what is done a while after a failed login. */
    final ManualExecutor later = new ManualExecutor();

    final ManualClock clock = new ManualClock();
    private final WeldContainer container;
    private final Jsonb jsonb = JsonbBuilder.create();
    private final SessionRegistry registry = new SessionRegistry();
    private final EmbeddedBroker broker = new EmbeddedBroker(EmbeddedBrokerLimits.DEFAULTS, InstantSource.system());
    private final ResultDeadline deadline = new ResultDeadline(HANDLER_TIME, Runnable::run, clock);
    private final DispatchEngine engine;
    private final SessionContext context;

    private TestApplication(WeldContainer container, Transactions transactions, boolean open) {
        this.container = container;
        var validators = Validation.byDefaultProvider()
                .configure()
                .messageInterpolator(new ParameterMessageInterpolator())
                .buildValidatorFactory();
        var beans = new DispatchEngine.Beans(
                bean(HandlerDiscovery.class),
                container.select(new TypeLiteral<Event<Object>>() {}).get(),
                bean(RequestScope.class),
                bean(CurrentMessage.class),
                container.select(MessageConverter.class));
        engine = DispatchEngine.of(beans, jsonb, validators, transactions, broker, registry, deadline);
        bean(MessengerProducer.class).take(engine.messenger());
        context = new SessionContext(
                SETTINGS,
                broker,
                engine.handlers(),
                login(),
                open ? AccessControl.OPEN : access(),
                interception(),
                registry,
                InstantSource.system());
    }

    /** Deploys beans beside those of the engine. */
    static TestApplication of(Class<?>... beans) {
        return of(Transactions.NONE, beans);
    }

    /** Deploys beans where there are transactions. */
    static TestApplication of(Transactions transactions, Class<?>... beans) {
        return started(deployed(beans), transactions, true);
    }

    /** Deploys beans where not everybody may do everything: as their rules say, or by default. */
    static TestApplication guarded(Class<?>... beans) {
        return started(deployed(beans), Transactions.NONE, false);
    }

    private static TestApplication started(WeldContainer container, Transactions transactions, boolean open) {
        try {
            return new TestApplication(container, transactions, open);
        } catch (RuntimeException e) {
            container.close();
            throw e;
        }
    }

    private static WeldContainer deployed(Class<?>... beans) {
        return new Weld(UUID.randomUUID().toString())
                .disableDiscovery()
                .addBeanClasses(RequestScope.class, CurrentMessage.class, MessengerProducer.class, Journal.class)
                .addBeanClasses(ReturnedPayloads.class, SendToInterceptor.class, SendToUserInterceptor.class)
                .addBeanClasses(AnsweringInterceptor.class)
                .addBeanClasses(CurrentSession.class)
                .addBeanClasses(beans)
                .addExtension(new HandlerDiscovery())
                .addExtension(new SessionScope())
                .initialize();
    }

    ApplicationAccess access() {
        return ApplicationAccess.of(
                container.select(AccessRules.class, Any.Literal.INSTANCE),
                bean(HandlerDiscovery.class),
                bean(RequestScope.class));
    }

    private Login login() {
        var beans = container.select(Authenticator.class, Any.Literal.INSTANCE);
        Executor application = task -> {
            asApplication.incrementAndGet();
            task.run();
        };
        return ApplicationLogin.of(beans, bean(RequestScope.class), LOGINS, application, later, clock);
    }

    <T> T bean(Class<T> type) {
        return container.select(type).get();
    }

    /** What beans noted since the last time, and forgets it. */
    List<String> journal() {
        return bean(Journal.class).take();
    }

    /** The failures that were fired so far. */
    List<HandlerFailure> failures() {
        return bean(Journal.class).failures();
    }

    Messenger messenger() {
        return engine.messenger();
    }

    EmbeddedBroker broker() {
        return broker;
    }

    DispatchEngine engine() {
        return engine;
    }

    Interception interception() {
        return FrameInterceptors.of(
                container.select(FrameInterceptor.class, Any.Literal.INSTANCE), bean(RequestScope.class));
    }

    StompSessions sessions() {
        return RegisteredSessions.of(registry);
    }

    /** Lets time pass for handlers. */
    void advance(Duration time) {
        clock.advance(time);
        deadline.tick();
    }

    /** How many messages wait for their handlers. */
    int waiting() {
        return deadline.waiting();
    }

    /** A client that is connected, and subscribed to its errors. */
    Client connect() {
        return connect(Optional.empty(), Set.of());
    }

    /** A client that has not said anything yet. */
    Client open(String address) {
        return new Client(new Peer(UUID.randomUUID().toString(), Optional.empty(), Set.of(), address), context);
    }

    Client connect(String user, String... roles) {
        return connect(Optional.of(() -> user), Set.of(roles));
    }

    private Client connect(Optional<Principal> user, Set<String> roles) {
        var client = new Client(new Peer(UUID.randomUUID().toString(), user, roles, ""), context);
        client.say("CONNECT\naccept-version:1.2\nhost:here\n\n^@");
        client.say("SUBSCRIBE\nid:errors\ndestination:/user/queue/errors\n\n^@");
        client.wire.skipAll();
        return client;
    }

    @Override
    public void close() throws Exception {
        broker.close();
        jsonb.close();
        container.close();
    }

    /** One client, by its wire. */
    static final class Client {

        final RecordingWire wire = new RecordingWire();
        final String sessionId;
        private final Connection connection;
        private final FrameParser parser =
                new FrameParser(new FrameLimits(4 << 20, 100, 10_000, 4 << 20, 1_000, "test.limit"));

        private Client(Peer peer, SessionContext context) {
            sessionId = peer.sessionId();
            var outbox = new Outbox(wire, new OutboxLimits(10_000, 10 << 20, Duration.ofMinutes(1)), () -> 0);
            connection = new Connection(peer, context, outbox, Runnable::run, new InboxLimits(100, 1 << 20), () -> 0);
        }

        /** Sends text of the wire, with {@code ^@} for NUL. */
        Client say(String readable) {
            say(WireText.octets(readable));
            return this;
        }

        void say(byte[] octets) {
            try {
                connection.received(parser.parse(ByteBuffer.wrap(octets)), octets.length);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        /** Sends a body to a destination, and asks for receipt 1. */
        Client send(String destination, String body) {
            return say("SEND\ndestination:" + destination + "\nreceipt:1\n\n" + body + "^@");
        }

        void lose() {
            connection.closed();
        }
    }

    /** What beans saw, in order. Thread-safe. */
    @ApplicationScoped
    static class Journal {

        private final List<String> notes = new ArrayList<>();
        private final List<HandlerFailure> failures = new CopyOnWriteArrayList<>();

        synchronized void note(String note) {
            notes.add(note);
        }

        synchronized List<String> take() {
            var taken = List.copyOf(notes);
            notes.clear();
            return taken;
        }

        void failed(@Observes HandlerFailure failure) {
            failures.add(failure);
        }

        List<HandlerFailure> failures() {
            return failures;
        }
    }

    /** Gives beans the messenger, as the server does. */
    @ApplicationScoped
    static class MessengerProducer {

        private Messenger messenger;

        void take(Messenger ready) {
            messenger = ready;
        }

        @Produces
        @ApplicationScoped
        Messenger messenger() {
            return messenger;
        }
    }
}
