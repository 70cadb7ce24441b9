package org.stampede.broker.relay;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.stampede.broker.embedded.EmbeddedBrokerLimits;
import org.stampede.broker.embedded.SlowSubscriptions;
import org.stampede.client.ReconnectPolicy;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.FrameLimits;
import org.stampede.stomp.HeartBeat;
import org.stampede.stomp.StompVersion;
import org.stampede.tcp.TcpAddress;
import org.stampede.tcp.TcpClient;
import org.stampede.tcp.Tls;
import org.stampede.transport.OutboxLimits;

/** A relay as a server has it, with clients, a ticker, and what is told of the broker. */
final class RelayNode implements AutoCloseable {

    static final OutboxLimits OUTBOX = new OutboxLimits(10_000, 4 << 20, Duration.ofSeconds(20));

    final RelayBroker broker;
    /** {@code +address} when it is there, {@code -address} when it is not. */
    final LinkedBlockingQueue<String> availability = new LinkedBlockingQueue<>();

    /** Called by whoever looks at the clock. */
    volatile Runnable onClock = () -> {};

    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService blocking = Executors.newCachedThreadPool();
    private final List<RelayClient> clients = new ArrayList<>();

    RelayNode(RelaySettings settings) {
        this(settings, EmbeddedBrokerLimits.DEFAULTS);
    }

    RelayNode(RelaySettings settings, EmbeddedBrokerLimits limits) {
        this(settings, limits, SlowSubscriptions.DISCONNECTED);
    }

    RelayNode(RelaySettings settings, EmbeddedBrokerLimits limits, SlowSubscriptions slow) {
        this(settings, limits, slow, Optional.empty());
    }

    RelayNode(RelaySettings settings, EmbeddedBrokerLimits limits, SlowSubscriptions slow, Optional<Tls> tls) {
        var tcp = new TcpClient(
                Thread::new,
                2,
                blocking,
                tls,
                Duration.ofSeconds(10),
                new FrameLimits(1 << 24, 1_000, 1 << 16, 1 << 24, Integer.MAX_VALUE, "test"));
        broker = new RelayBroker(
                settings,
                limits,
                slow,
                tcp,
                new RelayBroker.Watcher() {
                    @Override
                    public void available(TcpAddress address) {
                        availability.add("+" + address);
                    }

                    @Override
                    public void unavailable(TcpAddress address, String cause) {
                        availability.add("-" + address);
                    }
                },
                InstantSource.system(),
                this::nanoTime,
                () -> 0.5);
        ticker.scheduleAtFixedRate(broker::tick, 0, 20, TimeUnit.MILLISECONDS);
    }

    private long nanoTime() {
        onClock.run();
        return System.nanoTime();
    }

    static RelaySettings settings(BrokerProfile profile, int held, TcpAddress... addresses) {
        return settings(profile, held, new HeartBeat(5_000, 5_000), addresses);
    }

    static RelaySettings settings(BrokerProfile profile, int held, HeartBeat heartBeat, TcpAddress... addresses) {
        return settings(profile, held, heartBeat, new RelaySettings.Login("guest", "guest"), addresses);
    }

    static RelaySettings settings(
            BrokerProfile profile, int held, HeartBeat heartBeat, RelaySettings.Login login, TcpAddress... addresses) {
        return new RelaySettings(
                profile,
                List.of(addresses),
                "/",
                login,
                login,
                false,
                heartBeat,
                OUTBOX,
                Duration.ofSeconds(20),
                Duration.ofSeconds(2),
                ReconnectPolicy.backOff(Duration.ofMillis(50), Duration.ofMillis(500)),
                held,
                100);
    }

    /** Clients are who they say they are. */
    static RelaySettings ownLogin(RelaySettings given) {
        return with(given, true, given.outbox(), given.receiptTime());
    }

    /** In a virtual host of its own, where clients are another user than the application. */
    static RelaySettings elsewhere(RelaySettings given, String virtualHost, RelaySettings.Login client) {
        return new RelaySettings(
                given.profile(),
                given.addresses(),
                virtualHost,
                given.system(),
                client,
                given.ownLogin(),
                given.heartBeat(),
                given.outbox(),
                given.receiptTime(),
                given.connectTime(),
                given.reconnect(),
                given.held(),
                given.topics());
    }

    /** With other limits, and another time for a RECEIPT. */
    static RelaySettings limited(RelaySettings given, OutboxLimits outbox, Duration receiptTime) {
        return with(given, given.ownLogin(), outbox, receiptTime);
    }

    private static RelaySettings with(
            RelaySettings given, boolean ownLogin, OutboxLimits outbox, Duration receiptTime) {
        return new RelaySettings(
                given.profile(),
                given.addresses(),
                given.virtualHost(),
                given.system(),
                given.client(),
                ownLogin,
                given.heartBeat(),
                outbox,
                receiptTime,
                given.connectTime(),
                given.reconnect(),
                given.held(),
                given.topics());
    }

    static RelayNode of(RealBroker broker) {
        return new RelayNode(settings(broker.profile(), 0, broker.address()));
    }

    RelayClient client() {
        var client = new RelayClient(broker);
        clients.add(client);
        return client;
    }

    /** A client that has said who it is. */
    RelayClient client(String login, String passcode) {
        var connect = Frame.of(Command.CONNECT, "login", login, "passcode", passcode);
        var client = new RelayClient(broker, StompVersion.V1_2, connect);
        clients.add(client);
        return client;
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        clients.forEach(client -> client.session.close());
        broker.close();
        blocking.shutdownNow();
    }
}
