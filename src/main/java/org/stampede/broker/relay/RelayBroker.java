package org.stampede.broker.relay;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.stampede.broker.Broker;
import org.stampede.broker.BrokerSession;
import org.stampede.broker.RefusedException;
import org.stampede.broker.embedded.EmbeddedBroker;
import org.stampede.broker.embedded.EmbeddedBrokerLimits;
import org.stampede.broker.embedded.SlowSubscriptions;
import org.stampede.destination.UserDestination;
import org.stampede.security.Peer;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.Quoted;
import org.stampede.stomp.StompException;
import org.stampede.stomp.StompVersion;
import org.stampede.tcp.TcpAddress;
import org.stampede.tcp.TcpClient;
import org.stampede.transport.Outbox;

/**
 * A broker far away. {@code /topic/**} and {@code /queue/**} are its business; whatever else, and what is private to sessions, is
 * that of a broker in memory. One connection, the system's, carries what the application sends, and the subscriptions to topics
 * that all sessions of this node share. Each session has another one for what it does itself, opened when it is first needed.
 *
 * <p>Thread-safe; no method blocks but {@link #close}.
 */
public final class RelayBroker implements Broker {

    private static final Logger LOG = System.getLogger(RelayBroker.class.getName());

    /** Is told whether the broker can be reached. Called on the thread of the network, which must not be blocked. */
    public interface Watcher {

        /** The broker is there, at an address. */
        void available(TcpAddress address);

        /** The broker is not there any more, or not from the start. */
        void unavailable(TcpAddress address, String cause);
    }

    private final RelaySettings settings;
    private final EmbeddedBrokerLimits limits;
    private final TcpClient tcp;
    private final EmbeddedBroker local;
    private final LongSupplier nanoTime;
    private final DoubleSupplier chance;
    private final Translator translator;
    private final SharedTopics topics;
    private final Neighbours neighbours;
    private final Link system;
    private final Set<RelaySession> sessions = ConcurrentHashMap.newKeySet();
    private final AtomicLong numbers = new AtomicLong();
    /** What the private destinations of this node are made of. */
    private final String secret = UUID.randomUUID().toString();

    private volatile boolean closed;

    /**
     * @param settings where the broker is
     * @param limits   how much is on its way to one session, and how deep a destination may be
     * @param slow     says what is done for sessions that are slow
     * @param tcp      opens connections; closed with this broker
     * @param watcher  is told whether the broker can be reached
     * @param clock    tells which messages are expired
     * @param nanoTime tells how long things take, such as {@code System::nanoTime}
     * @param chance   at least 0, less than 1: so that nodes do not all come back at once
     */
    public RelayBroker(
            RelaySettings settings,
            EmbeddedBrokerLimits limits,
            SlowSubscriptions slow,
            TcpClient tcp,
            Watcher watcher,
            InstantSource clock,
            LongSupplier nanoTime,
            DoubleSupplier chance) {
        this.settings = settings;
        this.limits = limits;
        this.tcp = tcp;
        var routes = new Routes(slow);
        this.local = new EmbeddedBroker(limits, clock, routes);
        this.nanoTime = nanoTime;
        this.chance = chance;
        this.translator = new Translator(settings.dialect(), limits);
        this.topics = new SharedTopics(settings, translator, local, routes, this::nextRoute);
        this.neighbours = new Neighbours(settings.dialect(), UUID.randomUUID().toString());
        this.system = link(settings.system(), new SystemLink(watcher), false);
    }

    @Override
    public BrokerSession open(Peer peer, StompVersion version, Outbox outbox) {
        return open(peer, version, outbox, Frame.of(Command.CONNECT));
    }

    @Override
    public BrokerSession open(Peer peer, StompVersion version, Outbox outbox, Frame connect) {
        var login = settings.login(connect);
        var session = new RelaySession(this, login, local.open(peer, version, outbox), version, outbox);
        sessions.add(session);
        if (closed) {
            session.close();
        }
        return session;
    }

    @Override
    public CompletionStage<Void> publish(Frame send) {
        if (!Dialect.isRelayed(send.header("destination").orElse(""))) {
            return local.publish(send);
        }
        try {
            Frame translated = translator.send(send);
            system.open();
            return system.send(translated.weight(), upstream -> upstream.send(translated));
        } catch (RefusedException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    /** What other nodes cannot be told now they will not be told later: it is for sessions that may not be there either. */
    @Override
    public CompletionStage<Void> announce(Frame send) {
        Frame announcement = neighbours.announcement(send);
        system.open();
        return system.send(announcement.weight(), upstream -> upstream.send(announcement));
    }

    @Override
    public CompletionStage<Void> roomForAnnouncements() {
        return system.room();
    }

    @Override
    public void onAnnounced(Consumer<Frame> receiver) {
        neighbours.receiver(receiver);
    }

    @Override
    public void tick() {
        local.tick();
        system.open();
        system.tick();
        sessions.forEach(RelaySession::tick);
    }

    /** Ends all connections, and waits for that a few seconds. */
    @Override
    public void close() {
        closed = true;
        List.copyOf(sessions).forEach(RelaySession::close);
        system.close();
        local.close();
        tcp.close();
    }

    // What follows is for sessions.

    Translator translator() {
        return translator;
    }

    EmbeddedBrokerLimits limits() {
        return limits;
    }

    SharedTopics topics() {
        return topics;
    }

    /** Another number, for ids. */
    long nextNumber() {
        return numbers.incrementAndGet();
    }

    /** Another private destination in the broker in memory, which no client can name. */
    String nextRoute() {
        return UserDestination.privateTo(secret, "/" + nextNumber());
    }

    /** A connection that is not opened yet. */
    Link link(RelaySettings.Login login, Link.Owner owner) {
        return link(login, owner, settings.ownLogin());
    }

    private Link link(RelaySettings.Login login, Link.Owner owner, boolean ownLogin) {
        return new Link(settings, tcp, settings.connect(login), ownLogin, owner, nanoTime, chance);
    }

    void ended(RelaySession session) {
        sessions.remove(session);
    }

    /** The system's connection as its link sees it. */
    private final class SystemLink implements Link.Owner {

        private final Watcher watcher;
        /** Whether the failure was told; confined to one thread at a time, as connections come one after the other. */
        private volatile boolean down;

        SystemLink(Watcher watcher) {
            this.watcher = watcher;
        }

        @Override
        public void up(Upstream upstream, TcpAddress address) {
            LOG.log(Level.INFO, () -> "Connected to the broker at " + address + ".");
            down = false;
            upstream.ask(neighbours.subscribe());
            topics.up(upstream);
            watcher.available(address);
        }

        @Override
        public void message(Frame message) {
            if (message.header("subscription").filter(Neighbours.ID::equals).isPresent()) {
                neighbours.message(message);
            } else {
                topics.message(message);
            }
        }

        @Override
        public void down(StompException cause, TcpAddress address) {
            topics.down();
            String reason = Quoted.of(cause.detail());
            LOG.log(
                    down ? Level.DEBUG : Level.WARNING,
                    () -> "The broker at " + address + " is out of reach: " + reason);
            if (!down) {
                down = true;
                watcher.unavailable(address, cause.detail());
            }
        }
    }
}
