package org.stampede.server;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.validation.ValidatorFactory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.stampede.broker.Broker;
import org.stampede.dispatch.AfterCommit;
import org.stampede.dispatch.ApplicationAccess;
import org.stampede.dispatch.ApplicationLogin;
import org.stampede.dispatch.ApplicationSlowConsumers;
import org.stampede.dispatch.CurrentMessage;
import org.stampede.dispatch.DispatchEngine;
import org.stampede.dispatch.FrameInterceptors;
import org.stampede.dispatch.HandlerDiscovery;
import org.stampede.dispatch.Polls;
import org.stampede.dispatch.RegisteredSessions;
import org.stampede.dispatch.RequestScope;
import org.stampede.dispatch.ResultDeadline;
import org.stampede.dispatch.Transactions;
import org.stampede.messaging.BrokerStatus;
import org.stampede.messaging.FrameInterceptor;
import org.stampede.messaging.MessageConverter;
import org.stampede.messaging.Messenger;
import org.stampede.messaging.SlowConsumerCounts;
import org.stampede.messaging.SlowConsumers;
import org.stampede.messaging.StompSessions;
import org.stampede.security.AccessRules;
import org.stampede.security.Authenticator;
import org.stampede.session.AccessControl;
import org.stampede.session.Announcements;
import org.stampede.session.Login;
import org.stampede.session.SessionContext;
import org.stampede.session.SessionRegistry;
import org.stampede.settings.SettingsSource;

/**
 * Begins and ends with the application: composes the server, keeps its ticker running, and gives the application its
 * {@link Messenger}. Thread-safe.
 */
@ApplicationScoped
public class StompServer {

    private static final Logger LOG = System.getLogger(StompServer.class.getName());

    @Inject
    ServerExecutors executors;

    @Inject
    HandlerDiscovery discovery;

    @Inject
    HealthDiscovery health;

    @Inject
    Event<Object> events;

    @Inject
    RequestScope requests;

    @Inject
    CurrentMessage current;

    @Inject
    ValidatorFactory validators;

    @Inject
    Instance<MessageConverter> converters;

    @Inject
    @Any
    Instance<FrameInterceptor> interceptors;

    @Inject
    @Any
    Instance<AccessRules> accessRules;

    @Inject
    @Any
    Instance<Authenticator> authenticators;

    @Inject
    @Any
    Instance<SlowConsumers> slowConsumers;

    /** Null before the start; stays when the server has been stopped, so that late comers are sent away. */
    private @Nullable Running running;

    /** Null unless clients come in over TCP. */
    private @Nullable TcpDoor door;

    private record Running(
            Connections connections,
            ResultDeadline deadline,
            DispatchEngine engine,
            StompSessions sessions,
            Optional<Polls> polls,
            Set<String> roles,
            Broker broker,
            BrokerStatus status,
            SlowConsumerCounts slow,
            ExecutorService threads,
            Jsonb jsonb) {}

    /** Starts the server with the application rather than with the first client. */
    void startWithApplication(@Observes @Initialized(ApplicationScoped.class) Object event) {
        openDoor();
        LOG.log(Level.INFO, () -> connections().settings().session().server() + " is ready.");
    }

    /** Not before, since others may need this bean while the application is not there yet. */
    private void openDoor() {
        if (connections().settings().tcp().isOn()) {
            try {
                door = TcpDoor.open(connections(), executors);
            } catch (RuntimeException e) {
                // Who could not start is not always told of the end.
                end();
                throw e;
            }
        }
    }

    @PostConstruct
    void start() {
        var settings = ServerSettings.read(SettingsSource.ofServer(), ProductVersion.serverHeader());
        var jsonb = JsonbBuilder.create();
        var executor = executors.executor();
        var threads = executors.sessions(settings.threads());
        var slow = ApplicationSlowConsumers.of(slowConsumers, events, requests, executor);
        var available = new AvailabilityEvents(
                events, requests, executors.asThisThread(), settings.relay().isOn());
        var broker = Brokers.of(settings, executors, slow, available);
        var registry = new SessionRegistry();
        var sessions = RegisteredSessions.of(registry);
        var polls = polls(settings, sessions, broker, jsonb);
        Announcements.listen(
                registry,
                broker,
                send -> polls.filter(others -> others.hear(send)).isPresent());
        var transactions = new Transactions(
                AfterCommit.of(ServerTransactions.find(), settings.transactionMessages()),
                ServerTransactions.leftovers());
        var beans = new DispatchEngine.Beans(discovery, events, requests, current, converters);
        var deadline = new ResultDeadline(settings.handlerTime(), executor, System::nanoTime);
        var engine = DispatchEngine.of(beans, jsonb, validators, transactions, broker, registry, deadline);
        var rules = ApplicationAccess.of(accessRules, discovery, requests);
        var context = new SessionContext(
                settings.session(),
                broker,
                engine.handlers(),
                login(settings),
                access(rules, settings),
                FrameInterceptors.of(interceptors, requests),
                registry,
                InstantSource.system());
        var connections = new Connections(
                settings,
                context,
                threads,
                executor,
                later(Connections.DELAY),
                later(Connections.SOON),
                System::nanoTime);
        running = new Running(
                connections,
                deadline,
                engine,
                polls.map(sessions::among).orElse(sessions),
                polls,
                rules.roles(),
                broker,
                available,
                slow,
                threads,
                jsonb);
        health.started(available);
        long period = connections.tickPeriod().toNanos();
        connections.ticker(executors.scheduler().scheduleAtFixedRate(this::tick, period, period, TimeUnit.NANOSECONDS));
    }

    /** Behind a relay there may be other servers. */
    private Optional<Polls> polls(ServerSettings settings, StompSessions here, Broker broker, Jsonb jsonb) {
        return settings.relay().isOn()
                ? Optional.of(new Polls(
                        here,
                        broker::announce,
                        jsonb,
                        settings.relay().neighbours(),
                        executors.asThisThread(),
                        System::nanoTime))
                : Optional.empty();
    }

    private Login login(ServerSettings settings) {
        var limits = settings.security().logins();
        var later = later(limits.delay());
        return ApplicationLogin.of(authenticators, requests, limits, executors.asThisThread(), later, System::nanoTime);
    }

    private Executor later(Duration delay) {
        // Looked up here, since not every thread of a client has java:comp.
        var scheduler = executors.scheduler();
        return task -> scheduler.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The rules are read even where they do not count, so that their faults are found. */
    private static AccessControl access(ApplicationAccess rules, ServerSettings settings) {
        LOG.log(Level.INFO, rules::report);
        if (!settings.security().open()) {
            return rules;
        }
        LOG.log(
                Level.WARNING,
                "ACCESS IS OPEN: by the setting stampede.access everybody may connect, send and subscribe anywhere, whatever the"
                        + " rules say. This is for development only.");
        return AccessControl.OPEN;
    }

    private void tick() {
        attempt(running().broker()::tick);
        running().polls().ifPresent(polls -> attempt(polls::tick));
        attempt(running().deadline()::tick);
        attempt(running().connections()::tick);
    }

    /** An exception would end the ticker for good. */
    private static void attempt(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "The ticker failed.", e);
        }
    }

    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        end();
    }

    private void end() {
        var ended = running();
        health.ended();
        ended.polls().ifPresent(Polls::leave);
        ended.connections().close();
        if (door != null) {
            door.close();
        }
        ended.broker().close();
        ended.threads().shutdown();
        try {
            ended.jsonb().close();
        } catch (Exception e) {
            LOG.log(Level.DEBUG, "JSON Binding did not close.", e);
        }
    }

    /** The connections of the server. */
    public Connections connections() {
        return running().connections();
    }

    /** The roles that must be known of each user. */
    public Set<String> roles() {
        return running().roles();
    }

    /** How the application speaks. */
    @Produces
    @ApplicationScoped
    Messenger messenger() {
        return running().engine().messenger();
    }

    /** Who is connected. */
    @Produces
    @ApplicationScoped
    StompSessions sessions() {
        return running().sessions();
    }

    /** Whether the broker can be reached. */
    @Produces
    @ApplicationScoped
    BrokerStatus brokerStatus() {
        return running().status();
    }

    /** What slow clients have missed. */
    @Produces
    @ApplicationScoped
    SlowConsumerCounts slowConsumerCounts() {
        return running().slow();
    }

    private Running running() {
        if (running == null) {
            throw new IllegalStateException("The server has not been started.");
        }
        return running;
    }
}
