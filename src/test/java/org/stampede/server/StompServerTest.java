package org.stampede.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.stampede.stomp.Command.CONNECTED;
import static org.stampede.stomp.Command.ERROR;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.stomp.Command.RECEIPT;
import static org.stampede.testing.Awaited.done;
import static org.stampede.testing.Awaited.next;
import static org.stampede.testing.WireAssert.assertThat;

import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.LinkedBlockingQueue;
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
import org.stampede.messaging.BrokerAvailability;
import org.stampede.messaging.BrokerAwayException;
import org.stampede.messaging.BrokerStatus;
import org.stampede.messaging.Destination;
import org.stampede.messaging.Disconnected;
import org.stampede.messaging.Messenger;
import org.stampede.messaging.SessionEvent;
import org.stampede.messaging.SlowConsumerCounts;
import org.stampede.messaging.SlowConsumerEvent;
import org.stampede.messaging.SlowConsumers;
import org.stampede.session.Connection;
import org.stampede.stomp.Frame;
import org.stampede.stomp.FrameParser;
import org.stampede.testing.Ports;
import org.stampede.testing.RecordingWire;
import org.stampede.testing.ScriptedServer;
import org.stampede.testing.TcpPeer;
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
        static final List<SlowConsumerEvent> SLOW = new CopyOnWriteArrayList<>();

        @Inject
        Messenger messenger;

        void echo(@Observes @Destination("/app/echo") String text) {
            messenger.send("/topic/echo", text);
        }

        CompletionStage<String> never(@Observes @Destination("/app/never") String text) {
            return new CompletableFuture<>();
        }

        @Produces
        @Singleton
        SlowConsumers slowConsumers() {
            return SlowConsumers.builder()
                    .conflate("/topic/price.**")
                    .dropOldest("/topic/news.**")
                    .build();
        }

        void slow(@Observes SlowConsumerEvent event) {
            SLOW.add(event);
        }

        void left(@Observes @Disconnected SessionEvent session) {
            LEFT.add(session.sessionId());
        }

        static final BlockingQueue<BrokerAvailability> BROKER = new LinkedBlockingQueue<>();

        void broker(@Observes BrokerAvailability broker) {
            BROKER.add(broker);
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
        public ManagedThreadFactory threads() {
            return new ManagedThreadFactory() {
                @Override
                public Thread newThread(Runnable task) {
                    return new Thread(task);
                }

                @Override
                public ForkJoinWorkerThread newThread(ForkJoinPool pool) {
                    throw new UnsupportedOperationException();
                }
            };
        }

        @Override
        public ExecutorService sessions(int most) {
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
                .addExtension(new HealthDiscovery())
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
        System.clearProperty("stampede.broker");
        System.clearProperty("stampede.relay.addresses");
        System.clearProperty("stampede.handler-time");
        System.clearProperty("stampede.limit.connections-per-address");
        System.clearProperty("stampede.tcp.port");
        System.clearProperty("stampede.limit.login-octets");
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

    @Test
    void whereOneClientIsGoneWithoutAWordOthersAreLookedForForAWhile() throws Exception {
        var connections = start();
        var gone = new RecordingWire();
        var alsoGone = new RecordingWire();
        var there = new RecordingWire();
        for (RecordingWire wire : List.of(gone, alsoGone, there)) {
            say(connections, open(connections, wire), "CONNECT\naccept-version:1.2\nhost:x\n\n^@");
            assertThat(wire).sent(CONNECTED);
        }
        connections.lookAround();
        connections.lookAround();
        gone.vanish();
        executor().runLater();
        assertThat(gone).closed(CloseReason.POLICY);
        assertThat(alsoGone).isOpen();
        alsoGone.vanish();
        executor().runLater();
        assertThat(alsoGone).closed(CloseReason.POLICY);
        assertThat(there).isOpen();
        int looks = 2;
        while (executor().runLater()) {
            looks++;
        }
        assertThat(looks).isEqualTo(50);
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
    void theApplicationSaysWhatSlowClientsMissAndIsToldOfIt() throws Exception {
        Echo.SLOW.clear();
        var connections = start();
        var wire = new RecordingWire();
        var connection = open(connections, wire);
        say(connections, connection, "CONNECT\naccept-version:1.2\nhost:x\n\n^@");
        say(connections, connection, "SUBSCRIBE\nid:0\ndestination:/topic/price.*\n\n^@");
        say(connections, connection, "SUBSCRIBE\nid:1\ndestination:/topic/**\n\n^@");
        wire.hold();
        var messenger = container.orElseThrow().select(Messenger.class).get();
        for (int i = 0; i < 100; i++) {
            messenger.send("/topic/price.a", "price " + i);
        }
        var event = Echo.SLOW.get(0);
        assertThat(event.sessionId()).isEqualTo(connection.peer().sessionId());
        assertThat(event.user().orElseThrow().getName()).isEqualTo("ann");
        assertThat(event.destination()).isEqualTo("/topic/price.*");
        assertThat(event.policy()).isEqualTo(SlowConsumers.Policy.CONFLATE);
        assertThat(event.leftOut()).isEqualTo(1);
        var counts = container.orElseThrow().select(SlowConsumerCounts.class).get();
        assertThat(Echo.SLOW).hasSize(1);
        assertThat(counts.conflated()).isBetween(80L, 99L);
        assertThat(counts.dropped()).isZero();
        assertThat(counts.episodes()).isEqualTo(1);
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
        var first = connections.open(new RecordingWire(), Visitor.from("10.0.0.1"));
        connections.open(new RecordingWire(), Visitor.from("10.0.0.1"));
        var wire = new RecordingWire();
        connections.open(wire, Visitor.from("10.0.0.1"));
        assertThat(wire)
                .sent(ERROR)
                .withBodyContaining("stampede.limit.connections-per-address")
                .closed(CloseReason.TRY_AGAIN_LATER);
        executor().tick();
        var other = new RecordingWire();
        connections.open(other, Visitor.from("10.0.0.2"));
        assertThat(other).isExhausted().isOpen();
        connections.closed(first);
        connections.closed(first);
        var next = new RecordingWire();
        connections.open(next, Visitor.from("10.0.0.1"));
        assertThat(next).isExhausted().isOpen();
        var last = new RecordingWire();
        connections.open(last, Visitor.from("10.0.0.1"));
        assertThat(last).sent(ERROR).closed(CloseReason.TRY_AGAIN_LATER);
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
    void theBrokerInMemoryIsNeverAway() {
        start();
        var status = container.orElseThrow().select(BrokerStatus.class).get();
        assertThat(status.isAvailable()).isTrue();
        assertThat(status.lastChange()).isEmpty();
    }

    @Test
    void wrongSettingsEndTheDeployment() {
        System.setProperty("stampede.limit.body", "many");
        System.setProperty("stampede.limit.connections", "0");
        assertThatThrownBy(this::start)
                .hasStackTraceContaining("stampede.limit.body must be a whole number")
                .hasStackTraceContaining("stampede.limit.connections must be a whole number from 1");
    }

    @Test
    void theApplicationIsToldWhetherTheBrokerBehindTheRelayIsThere() throws Exception {
        try (var server = new ScriptedServer()) {
            String address = "localhost:" + server.port();
            System.setProperty("stampede.broker", "relay");
            System.setProperty("stampede.relay.addresses", address);
            start();
            var status = container.orElseThrow().select(BrokerStatus.class).get();
            assertThat(status.isAvailable()).isFalse();
            executor().tick();
            var call = server.call().say("CONNECTED\nversion:1.2\n\n^@");
            assertThat(next(Echo.BROKER)).isEqualTo(new BrokerAvailability(true, address, Optional.empty()));
            assertThat(status.isAvailable()).isTrue();
            var messenger = container.orElseThrow().select(Messenger.class).get();
            var confirmed = messenger.sendConfirmed("/topic/x", "one").toCompletableFuture();
            Frame send = call.next();
            while (!send.header("destination").orElse("").equals("/topic/x")) {
                // It logs in, subscribes to what other servers say, and says that it is there.
                send = call.next();
            }
            assertThat(send.bodyText()).isEqualTo("one");
            assertThat(confirmed).isNotDone();
            call.say("RECEIPT\nreceipt-id:" + send.header("receipt").orElseThrow() + "\n\n^@");
            done(confirmed);
            messenger.send("/topic/x", "two");
            assertThat(call.next().headers().contains("receipt")).isFalse();

            call.reset();
            var away = next(Echo.BROKER);
            assertThat(away.isAvailable()).isFalse();
            assertThat(away.address()).isEqualTo(address);
            assertThat(away.cause()).isPresent();
            assertThat(status.isAvailable()).isFalse();
            assertThat(status.lastChange()).contains(away);
            assertThatThrownBy(() -> messenger.send("/topic/x", "three")).isInstanceOf(BrokerAwayException.class);
            assertThatThrownBy(() -> done(messenger.sendConfirmed("/topic/x", "four")))
                    .hasCauseInstanceOf(BrokerAwayException.class);
        }
    }

    private int startOverTcp() {
        int port = Ports.free();
        System.setProperty("stampede.tcp.port", "" + port);
        start();
        return port;
    }

    @Test
    void clientsOverTcpMeetTheSameSessionsUntilTheApplicationEnds() throws Exception {
        int port = startOverTcp();
        try (var peer = TcpPeer.connect(port)) {
            peer.say("SUBSCRIBE\nid:0\ndestination:/topic/echo\n\n^@");
            peer.say("SEND\ndestination:/app/echo\nreceipt:1\n\nhello^@");
            Frame echo = peer.next();
            assertThat(echo.command()).isEqualTo(MESSAGE);
            assertThat(echo.bodyText()).isEqualTo("hello");
            assertThat(peer.next().header("receipt-id")).contains("1");
            stop();
            peer.awaitEnd();
        }
        assertThatThrownBy(() -> TcpPeer.open(port)).isInstanceOf(ConnectException.class);
        System.setProperty("stampede.tcp.port", "" + port);
        start();
        TcpPeer.connect(port).close();
    }

    @Test
    void aPortThatIsInUseEndsTheDeploymentAndIsNamed() throws Exception {
        try (var other = new ScriptedServer()) {
            System.setProperty("stampede.tcp.port", "" + other.port());
            assertThatThrownBy(this::start)
                    .hasStackTraceContaining("STOMP over TCP is not possible on localhost:" + other.port()
                            + " (settings stampede.tcp.address, stampede.tcp.port): Address already in use");
        }
    }

    @Test
    void whatIsNotStompIsAnsweredOverTcp() throws Exception {
        int port = startOverTcp();
        try (var peer = TcpPeer.open(port)) {
            peer.say("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(peer.next().header("message")).contains("Malformed frame");
            peer.awaitEnd();
        }
    }

    @Test
    void strangersOverTcpGetLittleTimeAndRoom() throws Exception {
        System.setProperty("stampede.connect-time", "100");
        System.setProperty("stampede.limit.login-octets", "256");
        int port = startOverTcp();
        try (var slow = TcpPeer.open(port);
                var loud = TcpPeer.open(port)) {
            slow.say("CONN");
            loud.say("CONNECT\nx:" + "y".repeat(300));
            assertThat(loud.next().bodyText()).contains("stampede.limit.login-octets");
            loud.awaitEnd();
            letPass(Duration.ofMillis(101));
            executor().tick();
            assertThat(slow.next().header("message")).contains("No CONNECT in time");
            slow.awaitEnd();
        }
    }

    @Test
    void anAddressHasSoManyConnectionsOverTcp() throws Exception {
        System.setProperty("stampede.limit.connections-per-address", "1");
        int port = startOverTcp();
        try (var one = TcpPeer.connect(port);
                var two = TcpPeer.open(port)) {
            assertThat(two.next().bodyText()).contains("stampede.limit.connections-per-address");
            two.awaitEnd();
            two.close();
            one.close();
            await().untilAsserted(() -> TcpPeer.connect(port).close());
        }
    }
}
