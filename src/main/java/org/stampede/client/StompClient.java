package org.stampede.client;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;

/**
 * A client of a STOMP server, over WebSocket or TCP.
 *
 * <pre>{@code
 * try (StompClient client = StompClient.builder(URI.create("wss://example.com/stomp")).build()) {
 *     ClientSession session = client.connect().toCompletableFuture().get();
 *     session.subscribe("/topic/news", String.class, System.out::println);
 *     session.send("/topic/news", "hello").toCompletableFuture().get();
 *     session.disconnect().toCompletableFuture().get();
 * }
 * }</pre>
 *
 * <p>Thread-safe. A client has one daemon thread that keeps time, and, unless it was given an executor, up to four daemon threads
 * that run callbacks; all end after {@link #close}. The threads of WebSockets belong to the JDK's HTTP client, one for all clients
 * that use the default TLS; over TCP a connection has two daemon threads, one that reads and one that writes.
 */
public final class StompClient implements AutoCloseable {

    private static final Logger LOG = System.getLogger(StompClient.class.getName());
    private static final int TICK_MILLIS = 100;
    private static final int CALLBACK_THREADS = 4;
    private static final AtomicInteger CLIENTS = new AtomicInteger();

    private final String name = "stampede-client-" + CLIENTS.incrementAndGet();
    private final ClientSettings settings;
    private final Connector connector;
    private final Callbacks callbacks;
    private final Payloads payloads = new Payloads();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, threads("timer"));
    /** Empty if the executor was given. */
    private final Optional<ThreadPoolExecutor> ownExecutor;

    private final Set<ClientSession> sessions = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    StompClient(ClientSettings settings, Optional<Executor> executor, Optional<SSLContext> sslContext) {
        this.settings = settings;
        this.connector = TcpConnector.isFor(settings.uri())
                ? new TcpConnector(settings, sslContext, threads("network"))
                : new WebSocketConnector(settings, sslContext);
        this.ownExecutor = executor.isPresent() ? Optional.empty() : Optional.of(pool());
        this.callbacks = new Callbacks(executor.or(() -> ownExecutor).orElseThrow());
        timer.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, MILLISECONDS);
    }

    /**
     * Begins to build a client.
     *
     * @param uri of the endpoint: {@code ws:} or {@code wss:}; or, as other clients and brokers write it, {@code stomp:} for TCP,
     *            such as {@code stomp://localhost:61613}, and {@code stomp+ssl:} for TCP with TLS, where without a port 61613 and
     *            61614 are meant
     */
    public static StompClientBuilder builder(URI uri) {
        return new StompClientBuilder(uri);
    }

    private ThreadPoolExecutor pool() {
        var pool = new ThreadPoolExecutor(
                CALLBACK_THREADS, CALLBACK_THREADS, 10, SECONDS, new LinkedBlockingQueue<>(), threads("callbacks"));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private ThreadFactory threads(String purpose) {
        var count = new AtomicLong();
        return task -> {
            var thread = new Thread(task, name + "-" + purpose + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Connects. Each call makes a session of its own. The first connection is tried once only, whatever is set as to reconnecting.
     *
     * @return completed with the session once the server has answered CONNECTED; exceptionally with {@link StompErrorException}
     *     if it refused, or {@link ConnectionLostException} if it cannot be reached or does not answer in time
     * @throws IllegalStateException if this client is closed
     */
    public CompletionStage<ClientSession> connect() {
        if (closed) {
            throw new IllegalStateException("The client is closed.");
        }
        var session = new ClientSession(
                settings,
                connector,
                callbacks,
                payloads,
                System::nanoTime,
                () -> ThreadLocalRandom.current().nextDouble());
        sessions.add(session);
        var connecting = session.connect();
        if (closed) {
            session.close();
        }
        return connecting;
    }

    private void tick() {
        long now = System.nanoTime();
        sessions.removeIf(ClientSession::isOver);
        sessions.forEach(session -> tick(session, now));
        if (closed && sessions.isEmpty()) {
            timer.shutdown();
            ownExecutor.ifPresent(ThreadPoolExecutor::shutdown);
            payloads.close();
        }
    }

    private static void tick(ClientSession session, long now) {
        try {
            session.tick(now);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "A session could not keep time.", e);
        }
    }

    /**
     * Closes all sessions as {@link ClientSession#close} does, and this client with its threads. Does not wait for that; it is
     * done in no more time than a RECEIPT may take. Later calls have no effect.
     */
    @Override
    public void close() {
        closed = true;
        sessions.forEach(ClientSession::close);
    }
}
