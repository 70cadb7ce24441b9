package org.stampede.testkit;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.UUID;
import org.jboss.weld.bootstrap.spi.BeanDiscoveryMode;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.stampede.broker.embedded.EmbeddedBroker;
import org.stampede.broker.embedded.EmbeddedBrokerLimits;
import org.stampede.dispatch.ApplicationAccess;
import org.stampede.dispatch.ApplicationLogin;
import org.stampede.dispatch.CurrentMessage;
import org.stampede.dispatch.DispatchEngine;
import org.stampede.dispatch.FrameInterceptors;
import org.stampede.dispatch.HandlerDiscovery;
import org.stampede.dispatch.LoginLimits;
import org.stampede.dispatch.RegisteredSessions;
import org.stampede.dispatch.RequestScope;
import org.stampede.dispatch.ResultDeadline;
import org.stampede.dispatch.Transactions;
import org.stampede.messaging.FrameInterceptor;
import org.stampede.messaging.MessageConverter;
import org.stampede.messaging.Messenger;
import org.stampede.security.AccessRules;
import org.stampede.security.Authenticator;
import org.stampede.security.Peer;
import org.stampede.session.Connection;
import org.stampede.session.RateLimits;
import org.stampede.session.SessionContext;
import org.stampede.session.SessionRegistry;
import org.stampede.session.SessionSettings;
import org.stampede.stomp.HeartBeat;
import org.stampede.transport.InboxLimits;
import org.stampede.transport.Outbox;
import org.stampede.transport.OutboxLimits;
import org.stampede.transport.Wire;

/**
 * Puts together what {@code StompServer} does in a container, around virtual time and the thread of the test. Not
 * thread-safe.
 */
final class KitServer implements AutoCloseable {

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final SessionSettings SETTINGS = new SessionSettings(
            "Stampede-testkit/1",
            HeartBeat.NONE,
            3,
            Duration.ofSeconds(70),
            Duration.ZERO,
            Duration.ofSeconds(10),
            16 << 10,
            1_000,
            1_000,
            RateLimits.NONE,
            16,
            1_000,
            4 << 20);
    private static final Duration HANDLER_TIME = Duration.ofSeconds(30);
    private static final OutboxLimits OUTBOX = new OutboxLimits(10_000, 4 << 20, Duration.ofSeconds(20));
    private static final LoginLimits LOGINS = new LoginLimits(1_000, Duration.ofMinutes(1), Duration.ZERO);
    private static final InboxLimits INBOX = new InboxLimits(32, 2 << 20);

    private final VirtualTime time = new VirtualTime();
    private final Jsonb jsonb = JsonbBuilder.create();
    private final ValidatorFactory validators = Validation.buildDefaultValidatorFactory();
    private final EmbeddedBroker broker = new EmbeddedBroker(EmbeddedBrokerLimits.DEFAULTS, time);
    private final List<Connection> connections = new ArrayList<>();
    private final ResultDeadline deadline = new ResultDeadline(HANDLER_TIME, Runnable::run, time::nanos);
    private final WeldContainer container;
    private final Messenger messenger;
    private final SessionContext context;

    KitServer(List<Class<?>> beans) {
        container = weld(beans).initialize();
        var engineBeans = new DispatchEngine.Beans(
                bean(HandlerDiscovery.class),
                container.select(new TypeLiteral<Event<Object>>() {}).get(),
                bean(RequestScope.class),
                bean(CurrentMessage.class),
                container.select(MessageConverter.class));
        var registry = new SessionRegistry();
        var engine = DispatchEngine.of(engineBeans, jsonb, validators, Transactions.NONE, broker, registry, deadline);
        messenger = engine.messenger();
        bean(KitMessenger.class).take(messenger, RegisteredSessions.of(registry));
        var interceptors = container.select(FrameInterceptor.class, Any.Literal.INSTANCE);
        context = new SessionContext(
                SETTINGS,
                broker,
                engine.handlers(),
                ApplicationLogin.of(
                        container.select(Authenticator.class, Any.Literal.INSTANCE),
                        bean(RequestScope.class),
                        LOGINS,
                        Runnable::run,
                        Runnable::run,
                        time::nanos),
                ApplicationAccess.of(
                        container.select(AccessRules.class, Any.Literal.INSTANCE),
                        bean(HandlerDiscovery.class),
                        bean(RequestScope.class)),
                FrameInterceptors.of(interceptors, bean(RequestScope.class)),
                registry,
                time);
    }

    /** The engine's beans are discovered, so that none is forgotten; those of the application are named. */
    private static Weld weld(List<Class<?>> beans) {
        var weld = new Weld(UUID.randomUUID().toString())
                .disableDiscovery()
                .setBeanDiscoveryMode(BeanDiscoveryMode.ANNOTATED)
                .addPackages(false, RequestScope.class)
                .addBeanClasses(KitMessenger.class)
                .addBeanClasses(beans.toArray(Class<?>[]::new));
        ServiceLoader.load(Extension.class).stream()
                .filter(provider -> provider.type().getPackageName().startsWith("org.stampede."))
                .forEach(provider -> weld.addExtension(provider.get()));
        return weld;
    }

    <T> T bean(Class<T> type) {
        return container.select(type).get();
    }

    Messenger messenger() {
        return messenger;
    }

    VirtualTime time() {
        return time;
    }

    Jsonb jsonb() {
        return jsonb;
    }

    Connection open(Wire wire, Optional<Principal> user, Set<String> roles) {
        var peer = new Peer(UUID.randomUUID().toString(), user, roles, "127.0.0.1");
        var outbox = new Outbox(wire, OUTBOX, time::nanos);
        var connection = new Connection(peer, context, outbox, Runnable::run, INBOX, time::nanos);
        connections.add(connection);
        return connection;
    }

    /** Lets time pass in steps, as the ticker of a server would notice it. */
    void advance(Duration duration) {
        for (Duration left = duration; !left.isZero() && !left.isNegative(); left = left.minus(TICK)) {
            time.advance(left.compareTo(TICK) < 0 ? left : TICK);
            broker.tick();
            deadline.tick();
            connections.removeIf(connection -> !connection.tick(TICK.toNanos()));
        }
    }

    /** Ends all sessions; the beans live on. */
    void disconnectAll() {
        connections.forEach(Connection::closed);
        connections.clear();
    }

    @Override
    public void close() throws Exception {
        disconnectAll();
        broker.close();
        container.close();
        validators.close();
        jsonb.close();
    }
}
