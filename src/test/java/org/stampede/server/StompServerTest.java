package org.stampede.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stampede.stomp.Command.CONNECTED;
import static org.stampede.stomp.Command.ERROR;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.stomp.Command.RECEIPT;
import static org.stampede.testing.WireAssert.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stampede.dispatch.AnsweringInterceptor;
import org.stampede.dispatch.CurrentMessage;
import org.stampede.dispatch.CurrentSession;
import org.stampede.dispatch.HandlerDiscovery;
import org.stampede.dispatch.RecordedLog;
import org.stampede.dispatch.RequestScope;
import org.stampede.dispatch.ReturnedPayloads;
import org.stampede.dispatch.SessionScope;
import org.stampede.messaging.Destination;
import org.stampede.messaging.Disconnected;
import org.stampede.messaging.Messenger;
import org.stampede.messaging.SessionEvent;
import org.stampede.session.Connection;
import org.stampede.stomp.FrameParser;
import org.stampede.testing.RecordingWire;
import org.stampede.testing.WireText;
import org.stampede.transport.CloseReason;

/** The server as the container starts, ticks and ends it. */
class StompServerTest {

    @Dependent
    static class Validators {
        static final AtomicInteger MADE = new AtomicInteger();

        @Produces
        @ApplicationScoped
        ValidatorFactory validators() {
            MADE.incrementAndGet();
            return Validation.byDefaultProvider()
                    .configure()
                    .messageInterpolator(new ParameterMessageInterpolator())
                    .buildValidatorFactory();
        }
    }

    @ApplicationScoped
    static class Echo {
        static final List<String> LEFT = new CopyOnWriteArrayList<>();

        @Inject
        Messenger messenger;

        void echo(@Observes @Destination("/app/echo") String text) {
            messenger.send("/topic/echo", text);
        }

        CompletionStage<String> never(@Observes @Destination("/app/never") String text) {
            return new CompletableFuture<>();
        }

        void left(@Observes @Disconnected SessionEvent session) {
            LEFT.add(session.sessionId());
        }
    }

    /** What the container would offer. */
    @ApplicationScoped
    static class InlineExecutors extends ServerExecutors {

        private final InlineExecutor executor = new InlineExecutor();

        @Override
        public InlineExecutor executor() {
            return executor;
        }

        @Override
        public InlineExecutor scheduler() {
            return executor;
        }

        @Override
        public Executor asThisThread() {
            return executor;
        }
    }

    private Optional<WeldContainer> container = Optional.empty();

    private Connections start() {
        container = Optional.of(new Weld(UUID.randomUUID().toString())
                .disableDiscovery()
                .addBeanClasses(StompServer.class, RequestScope.class, CurrentMessage.class, CurrentSession.class)
                .addBeanClasses(Validators.class, Echo.class, InlineExecutors.class)
                .addBeanClasses(ReturnedPayloads.class, AnsweringInterceptor.class)
                .addExtension(new HandlerDiscovery())
                .addExtension(new SessionScope())
                .initialize());
        return container.get().select(StompServer.class).get().connections();
    }

    private InlineExecutor executor() {
        return container.orElseThrow().select(InlineExecutors.class).get().executor();
    }

    @AfterEach
    void stop() {
        container.filter(WeldContainer::isRunning).ifPresent(WeldContainer::shutdown);
        System.clearProperty("stampede.limit.connections");
        System.clearProperty("stampede.limit.body");
        System.clearProperty("stampede.connect-time");
        System.clearProperty("stampede.access");
        System.clearProperty("stampede.handler-time");
        System.clearProperty("stampede.limit.connections-per-address");
    }

    private static Connection open(Connections connections, RecordingWire wire) {
        return connections.open(
                wire, new Visitor(Optional.of(() -> "ann"), Set.of(), "", Optional.empty(), Optional.empty()));
    }

    private static void say(Connections connections, Connection connection, String readable)
            throws InterruptedException {
        connection.received(
                new FrameParser(connections.settings().frames()).parse(WireText.text(readable)), readable.length());
    }

    @Test
    void theServerServesBetweenStartAndEndOfTheApplication() throws Exception {
        var connections = start();
        var wire = new RecordingWire();
        var connection = open(connections, wire);
        say(connections, connection, "CONNECT\naccept-version:1.2\nhost:x\n\n^@");
        say(connections, connection, "SUBSCRIBE\nid:0\ndestination:/topic/echo\n\n^@");
        say(connections, connection, "SEND\ndestination:/app/echo\nreceipt:1\n\nhello^@");
        assertThat(wire)
                .sent(CONNECTED, "user-name:ann", "session:" + connection.peer().sessionId())
                .sent(MESSAGE, "destination:/topic/echo")
                .withBody("hello")
                .sent(RECEIPT, "receipt-id:1")
                .isExhausted()
                .isOpen();
        var executor = executor();
        executor.tick();
        assertThat(executor.isTicking()).isTrue();
        stop();
        assertThat(wire).isExhausted().closed(CloseReason.GOING_AWAY);
        assertThat(Echo.LEFT).containsOnlyOnce(connection.peer().sessionId());
        assertThat(executor.isTicking()).isFalse();
        var late = new RecordingWire();
        open(connections, late);
        assertThat(late).closed(CloseReason.GOING_AWAY);
    }

    /** To make it takes locks, on Payara those of the thread that starts the application, which may be waiting for this one. */
    @Test
    void theServerStartsWithoutTheValidatorFactory() throws Exception {
        int before = Validators.MADE.get();
        var connections = start();
        assertThat(Validators.MADE).hasValue(before);
        var connection = open(connections, new RecordingWire());
        say(connections, connection, "CONNECT\naccept-version:1.2\nhost:x\n\n^@");
        say(connections, connection, "SEND\ndestination:/app/echo\n\nhello^@");
        assertThat(Validators.MADE).hasValue(before + 1);
    }

    @Test
    void clientsMayDoNoMoreThanTheRulesAllow() throws Exception {
        var connections = start();
        var wire = new RecordingWire();
        var connection = open(connections, wire);
        say(connections, connection, "CONNECT\naccept-version:1.2\nhost:x\n\n^@");
        say(connections, connection, "SEND\ndestination:/topic/echo\n\nforged^@");
        assertThat(wire).sent(CONNECTED).sent(ERROR, "message:Access denied").closed(CloseReason.POLICY);
    }

    @Test
    void openAccessIsWarnedOfAndSetsTheRulesAside() throws Exception {
        System.setProperty("stampede.access", "open");
        try (var log = new RecordedLog(StompServer.class)) {
            var connections = start();
            var wire = new RecordingWire();
            var connection = open(connections, wire);
            say(connections, connection, "CONNECT\naccept-version:1.2\nhost:x\n\n^@");
            say(connections, connection, "SEND\ndestination:/topic/echo\nreceipt:1\n\n^@");
            assertThat(wire).sent(CONNECTED).sent(RECEIPT).isOpen();
            assertThat(log.records())
                    .filteredOn(entry -> entry.getLevel() == java.util.logging.Level.WARNING)
                    .anyMatch(entry -> entry.getMessage().startsWith("ACCESS IS OPEN"));
        }
    }

    @Test
    void oneConnectionTooManyIsToldSo() throws Exception {
        System.setProperty("stampede.limit.connections", "2");
        var connections = start();
        var first = open(connections, new RecordingWire());
        open(connections, new RecordingWire());
        var wire = new RecordingWire();
        var refused = open(connections, wire);
        assertThat(wire)
                .sent(ERROR)
                .withBodyContaining("stampede.limit.connections")
                .closed(CloseReason.TRY_AGAIN_LATER);
        connections.closed(refused);
        connections.closed(first);
        var next = new RecordingWire();
        open(connections, next);
        assertThat(next).isExhausted().isOpen();
    }

    @Test
    void anAddressHasSoManyConnectionsAndNoMore() {
        System.setProperty("stampede.limit.connections-per-address", "2");
        var connections = start();
        var first = connections.open(new RecordingWire(), from("10.0.0.1"));
        connections.open(new RecordingWire(), from("10.0.0.1"));
        var wire = new RecordingWire();
        connections.open(wire, from("10.0.0.1"));
        assertThat(wire)
                .sent(ERROR)
                .withBodyContaining("stampede.limit.connections-per-address")
                .closed(CloseReason.TRY_AGAIN_LATER);
        executor().tick();
        var other = new RecordingWire();
        connections.open(other, from("10.0.0.2"));
        assertThat(other).isExhausted().isOpen();
        connections.closed(first);
        connections.closed(first);
        var next = new RecordingWire();
        connections.open(next, from("10.0.0.1"));
        assertThat(next).isExhausted().isOpen();
        var last = new RecordingWire();
        connections.open(last, from("10.0.0.1"));
        assertThat(last).sent(ERROR).closed(CloseReason.TRY_AGAIN_LATER);
    }

    private static Visitor from(String address) {
        return new Visitor(Optional.empty(), Set.of(), address, Optional.empty(), Optional.empty());
    }

    @Test
    void whoDoesNotConnectInTimeIsSentAwayByTheTicker() {
        System.setProperty("stampede.connect-time", "10");
        var connections = start();
        var wire = new RecordingWire();
        open(connections, wire);
        letPass(Duration.ofMillis(11));
        executor().tick();
        assertThat(wire).sent(ERROR, "message:No CONNECT in time").closed(CloseReason.POLICY);
    }

    @Test
    void aHandlerThatDoesNotEndInTimeIsGivenUpByTheTicker() throws Exception {
        System.setProperty("stampede.handler-time", "10");
        var connections = start();
        var wire = new RecordingWire();
        var connection = open(connections, wire);
        say(connections, connection, "CONNECT\naccept-version:1.2\nhost:x\n\n^@");
        wire.skipAll();
        say(connections, connection, "SEND\ndestination:/app/never\nreply-to:/temp-queue/r\n\n^@");
        assertThat(wire).isExhausted();
        letPass(Duration.ofMillis(11));
        executor().tick();
        assertThat(wire)
                .sent(MESSAGE, "subscription:/temp-queue/r")
                .withBodyContaining("within 10 ms")
                .isExhausted();
    }

    private static void letPass(Duration time) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < time.toNanos()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void wrongSettingsEndTheDeployment() {
        System.setProperty("stampede.limit.body", "many");
        System.setProperty("stampede.limit.connections", "0");
        assertThatThrownBy(this::start)
                .hasStackTraceContaining("stampede.limit.body must be a whole number")
                .hasStackTraceContaining("stampede.limit.connections must be a whole number from 1");
    }
}
