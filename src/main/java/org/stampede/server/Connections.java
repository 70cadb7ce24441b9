package org.stampede.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.stampede.security.Peer;
import org.stampede.session.Connection;
import org.stampede.session.CsrfDemand;
import org.stampede.session.SessionContext;
import org.stampede.stomp.LimitExceededException;
import org.stampede.transport.CloseReason;
import org.stampede.transport.Outbox;
import org.stampede.transport.Wire;

/** The open connections of a server: opens them, lets time pass for them, ends them all. Thread-safe. */
public final class Connections {

    /** How much later the executor {@link #later} runs tasks. */
    public static final Duration DELAY = Duration.ofSeconds(2);

    /** How much later the executor that a server gives for what is soon to be done runs tasks. */
    static final Duration SOON = Duration.ofMillis(20);

    private static final int LOOKS = 50;
    private static final Logger LOG = System.getLogger(Connections.class.getName());
    /** How long the end of the application waits for handlers that are still at work. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ServerSettings settings;
    private final SessionContext context;
    private final Executor threads;
    private final Executor executor;
    private final Executor later;
    private final Executor soon;
    private final LongSupplier nanoTime;
    private final Crowd crowd = new Crowd();
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    /** How often all connections are still to be looked at. */
    private final AtomicInteger looks = new AtomicInteger();
    /** Null until the ticker is scheduled. */
    private volatile @Nullable Future<?> ticker;

    private volatile boolean closed;

    /**
     * @param threads  where the tasks of sessions run
     * @param executor see {@link #executor}
     * @param later    see {@link #later}
     * @param soon     where tasks run {@link #SOON} later
     */
    Connections(
            ServerSettings settings,
            SessionContext context,
            Executor threads,
            Executor executor,
            Executor later,
            Executor soon,
            LongSupplier nanoTime) {
        this.settings = settings;
        this.context = context;
        this.threads = threads;
        this.executor = executor;
        this.later = later;
        this.soon = soon;
        this.nanoTime = nanoTime;
    }

    /** The settings of the server. */
    public ServerSettings settings() {
        return settings;
    }

    /** Where tasks run that may take their time, but for those of sessions. */
    public Executor executor() {
        return executor;
    }

    /** Where tasks run {@link #DELAY} later. */
    public Executor later() {
        return later;
    }

    /**
     * Opens a connection. One too many is told so, and closed.
     *
     * @param wire    where frames go
     * @param visitor who opened it
     */
    public Connection open(Wire wire, Visitor visitor) {
        var peer = new Peer(
                UUID.randomUUID().toString(), visitor.user(), visitor.roles(), visitor.address(), visitor.expires());
        var outbox = new Outbox(wire, settings.outbox(), nanoTime);
        var connection = new Connection(peer, context(visitor), outbox, threads, settings.inbox(), nanoTime);
        int neighbours = crowd.enter(visitor.address());
        open.add(connection);
        if (closed) {
            connection.goAway();
        } else if (open.size() > settings.connections()) {
            refuse(connection, "connections", settings.connections(), "stampede.limit.connections");
        } else if (neighbours > settings.security().addressConnections()) {
            refuse(
                    connection,
                    "connections from an address",
                    settings.security().addressConnections(),
                    "stampede.limit.connections-per-address");
        }
        return connection;
    }

    private SessionContext context(Visitor visitor) {
        String header = settings.security().csrf().header();
        return visitor.csrf()
                .map(token -> context.with(new CsrfDemand(context.login(), header, token)))
                .orElse(context);
    }

    private static void refuse(Connection connection, String what, int limit, String setting) {
        connection.refuse(new LimitExceededException(what, limit, "connections", setting), CloseReason.TRY_AGAIN_LATER);
    }

    /** A connection has ended, whatever the reason. Later calls have no effect. */
    public void closed(Connection connection) {
        forget(connection);
        connection.closed();
    }

    private void forget(Connection connection) {
        if (open.remove(connection)) {
            crowd.leave(connection.peer().address());
        }
    }

    /**
     * Ends the sessions whose clients are gone without a word, now and in the second to come; does not block. For whoever has found one
     * of them: Open Liberty closes all WebSockets one by one, and tells nobody, before it stops the application, and the clients go on
     * elsewhere in the meantime.
     */
    public void lookAround() {
        if (looks.getAndSet(LOOKS) == 0) {
            lookSoon();
        }
    }

    private void lookSoon() {
        try {
            soon.execute(() -> {
                open.forEach(Connection::probe);
                if (looks.decrementAndGet() > 0) {
                    lookSoon();
                }
            });
        } catch (RejectedExecutionException | IllegalStateException e) {
            // The application ends, and all sessions with it.
            looks.set(0);
        }
    }

    /** How often {@link #tick} is to be called: often enough for the heart-beats. */
    Duration tickPeriod() {
        int beat = settings.session().heartBeat().canSend();
        return Duration.ofMillis(beat == 0 ? 1_000 : Math.min(1_000, Math.max(20, beat / 4)));
    }

    void ticker(Future<?> scheduled) {
        ticker = scheduled;
    }

    void tick() {
        long period = tickPeriod().toNanos();
        for (Connection connection : open) {
            if (!connection.tick(period)) {
                forget(connection);
            }
        }
    }

    /**
     * Ends all sessions, waits a little for that, and tells the clients that the server goes away: not before, since who goes on
     * elsewhere would meet messages there that are still dealt to a session here.
     */
    void close() {
        closed = true;
        var scheduled = ticker;
        if (scheduled != null) {
            scheduled.cancel(false);
        }
        var last = List.copyOf(open);
        open.clear();
        var ends = last.stream()
                .map(connection -> connection.leave().toCompletableFuture())
                .toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(ends).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.log(Level.WARNING, "Some sessions had not ended when the application did.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        last.forEach(Connection::sayGoodBye);
    }
}
