package org.stampede.client;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.stampede.messaging.Problem;
import org.stampede.stomp.AckMode;
import org.stampede.stomp.Frame;
import org.stampede.transport.Inbox;
import org.stampede.transport.InboxLimits;

/**
 * A session with a STOMP server. It outlives the loss of its connection if the client was told to reconnect; see {@link
 * SessionListener} for how to hear of that.
 *
 * <p>Thread-safe; no method blocks. Messages of a subscription are handled one at a time and in order, those of different
 * subscriptions side by side. What depends on a stage returned here runs on the executor of callbacks too. A handler must not
 * wait for a RECEIPT: while a slow handler holds up reading, none comes.
 *
 * <p>The failures of stages are {@link StompClientException}s.
 */
public final class ClientSession implements AutoCloseable {

    private static final Logger LOG = System.getLogger(ClientSession.class.getName());

    private static final String PROBLEMS = "/user/queue/errors";

    private final ClientSettings settings;
    private final Callbacks callbacks;
    private final Payloads payloads;
    private final ReadingGate gate = new ReadingGate();
    private final Lifeline lifeline;
    private final Inbox events;
    private final AtomicLong ids = new AtomicLong();
    private final CompletableFuture<ClientSession> connected = new CompletableFuture<>();

    ClientSession(
            ClientSettings settings,
            Connector connector,
            Callbacks callbacks,
            Payloads payloads,
            LongSupplier nanoTime,
            DoubleSupplier chance) {
        this.settings = settings;
        this.callbacks = callbacks;
        this.payloads = payloads;
        this.events = new Inbox(
                callbacks, InboxLimits.NONE, e -> LOG.log(Level.WARNING, "The listener of a session failed.", e));
        this.lifeline = new Lifeline(
                new Opener(settings, connector, callbacks, gate, nanoTime), settings, new Events(), nanoTime, chance);
    }

    CompletionStage<ClientSession> connect() {
        lifeline.open();
        return callbacks.stage(connected);
    }

    /** Where the session is in its life. */
    public SessionState state() {
        return lifeline.state();
    }

    /**
     * Sends a message.
     *
     * @param destination where to
     * @param payload     text ({@link CharSequence}), octets ({@code byte[]}), or what JSON Binding writes
     * @return completed by the RECEIPT, that is when the server has processed the message; exceptionally with {@link
     *     NotConnectedException} or {@link QueueFullException} if nothing was sent, {@link StompErrorException} if the server
     *     refused, {@link ProblemException} if its handler failed and {@link #subscribeToProblems} was called, {@link
     *     ConnectionLostException} or {@link ReceiptTimeoutException} if the outcome is unknown
     * @throws IllegalStateException if there is no JSON Binding where it is needed
     */
    public CompletionStage<Void> send(String destination, Object payload) {
        return send(destination, payload, Map.of());
    }

    /**
     * Sends a message.
     *
     * @param destination where to
     * @param payload     as for {@link #send(String, Object)}
     * @param headers     further headers; a {@code content-type} replaces that of the payload
     * @return as for {@link #send(String, Object)}
     * @throws IllegalArgumentException if a header is one that the client sets itself, such as {@code receipt}
     */
    public CompletionStage<Void> send(String destination, Object payload, Map<String, String> headers) {
        Frame frame = ClientFrames.send(destination, payloads.write(payload), headers);
        return callbacks.stage(lifeline.send(on -> on.ask(frame)));
    }

    /**
     * Sends a message without asking for a RECEIPT, for those that may get lost.
     *
     * @param destination where to
     * @param payload     as for {@link #send(String, Object)}
     * @param headers     as for {@link #send(String, Object, Map)}
     * @return completed when the message is handed to the network; exceptionally as for {@link #send(String, Object)}
     */
    public CompletionStage<Void> sendUnconfirmed(String destination, Object payload, Map<String, String> headers) {
        Frame frame = ClientFrames.send(destination, payloads.write(payload), headers);
        return callbacks.stage(lifeline.send(on -> on.tell(frame)));
    }

    /**
     * Sends a request and awaits its reply.
     *
     * @param destination where to
     * @param payload     as for {@link #send(String, Object)}
     * @param reply       the type of the reply's payload, see {@link ReceivedMessage#as(Class)}
     * @return completed by the reply; exceptionally with {@link ProblemException} if the request could not be handled, {@link
     *     ReplyTimeoutException} if no reply came in time, {@link NotConnectedException} or {@link QueueFullException} if
     *     nothing was sent, {@link ConnectionLostException} if the connection ended before (the reply is lost with it), or {@link
     *     IllegalArgumentException} if the reply is not of the type
     * @throws IllegalStateException if there is no JSON Binding where it is needed
     */
    public <T> CompletionStage<T> request(String destination, Object payload, Class<T> reply) {
        return request(destination, payload, PayloadType.of(reply));
    }

    /**
     * Sends a request and awaits its reply, of a type with type arguments.
     *
     * @param destination where to
     * @param payload     as for {@link #send(String, Object)}
     * @param reply       the type of the reply's payload
     * @return as for {@link #request(String, Object, Class)}
     */
    public <T> CompletionStage<T> request(String destination, Object payload, PayloadType<T> reply) {
        return request(destination, payload, Map.of(), message -> message.as(reply));
    }

    /**
     * Sends a request with headers and awaits its reply.
     *
     * @param destination where to
     * @param payload     as for {@link #send(String, Object)}
     * @param headers     as for {@link #send(String, Object, Map)}
     * @return completed by the whole reply; exceptionally as for {@link #request(String, Object, Class)}
     * @throws IllegalArgumentException if a header is one that the client sets itself, {@code reply-to} and {@code
     *                                  correlation-id} included
     */
    public CompletionStage<ReceivedMessage> request(String destination, Object payload, Map<String, String> headers) {
        ClientFrames.checkRequest(headers);
        return request(destination, payload, headers, message -> message);
    }

    private <T> CompletionStage<T> request(
            String destination, Object payload, Map<String, String> headers, Function<ReceivedMessage, T> reading) {
        Frame frame = ClientFrames.send(destination, payloads.write(payload), headers);
        var reply = lifeline.send(on -> on.request(frame).thenApply(answer -> received(answer, on)));
        return callbacks.stage(reply, message -> {
            if (ProblemReader.isProblem(message)) {
                throw new ProblemException(ProblemReader.read(message));
            }
            return reading.apply(message);
        });
    }

    private ReceivedMessage received(Frame message, ClientConnection on) {
        return new ReceivedMessage(message, on, payloads, callbacks);
    }

    /**
     * Subscribes; messages count as consumed when they are sent. What the handler throws, or a body that is not of the type, is
     * logged, and the next message is handled.
     *
     * @param destination what to subscribe to
     * @param type        of the payloads, see {@link ReceivedMessage#as(Class)}
     * @param handler     given each payload
     * @return the subscription; see {@link Subscription#ready} for whether the server has it
     */
    public <T> Subscription subscribe(String destination, Class<T> type, Consumer<? super T> handler) {
        return subscribe(destination, PayloadType.of(type), handler);
    }

    /**
     * Subscribes to payloads of a type with type arguments, such as {@code new PayloadType<List<Quote>>() {}}.
     *
     * @param destination what to subscribe to
     * @param type        of the payloads
     * @param handler     given each payload, as for {@link #subscribe(String, Class, Consumer)}
     * @return the subscription; see {@link Subscription#ready} for whether the server has it
     */
    public <T> Subscription subscribe(String destination, PayloadType<T> type, Consumer<? super T> handler) {
        return subscribe(destination, AckMode.AUTO, Map.of(), message -> handler.accept(message.as(type)));
    }

    /**
     * Subscribes.
     *
     * @param destination what to subscribe to
     * @param ack         who acknowledges, and what; see {@link ReceivedMessage#ack}
     * @param headers     further headers, such as {@code selector}
     * @param handler     given each message
     * @return the subscription; see {@link Subscription#ready} for whether the server has it
     * @throws IllegalArgumentException if a header is one that the client sets itself, such as {@code id}
     */
    public Subscription subscribe(
            String destination, AckMode ack, Map<String, String> headers, Consumer<ReceivedMessage> handler) {
        String id = "sub-" + ids.incrementAndGet();
        Frame frame = ClientFrames.subscribe(id, destination, ack, headers);
        var lane = new Lane(settings.bounds(), gate, callbacks, handler);
        var subscription = new Subscription(id, frame, lane, lifeline, callbacks);
        lifeline.subscribe(subscription);
        return subscription;
    }

    /**
     * Subscribes to the problems with messages of this session, at {@code /user/queue/errors}. As long as this subscription lasts,
     * the stage of {@link #send(String, Object)} fails with {@link ProblemException} as soon as the problem is there, instead of
     * waiting in vain for the RECEIPT. (Problems with requests fail their stages in any case, and do not come here.)
     *
     * @param handler given each problem
     * @return the subscription; see {@link Subscription#ready} for whether the server has it
     */
    public Subscription subscribeToProblems(Consumer<? super Problem> handler) {
        return subscribe(PROBLEMS, AckMode.AUTO, Map.of(), message -> {
            Problem problem = ProblemReader.read(message);
            problem.receiptId().ifPresent(receipt -> message.refuses(receipt, new ProblemException(problem)));
            handler.accept(problem);
        });
    }

    /**
     * Begins a transaction.
     *
     * @throws NotConnectedException if there is no connection at the moment
     */
    public Transaction begin() {
        ClientConnection on = lifeline.usable().orElseThrow(() -> new NotConnectedException(state()));
        return new Transaction("tx-" + ids.incrementAndGet(), on, payloads, callbacks);
    }

    /**
     * Says DISCONNECT, waits for its RECEIPT, and closes the connection: whatever was sent before has then reached the server.
     * Messages that wait for their handler are passed over, here and in {@link #close}.
     *
     * @return completed when the session is closed; exceptionally with {@link ReceiptTimeoutException} or {@link
     *     ConnectionLostException} if it closed without that RECEIPT
     */
    public CompletionStage<Void> disconnect() {
        return callbacks.stage(lifeline.disconnect());
    }

    /** Closes the connection as soon as what was sent is written, without waiting for that; the session is over at once. */
    @Override
    public void close() {
        lifeline.close(new NotConnectedException(SessionState.CLOSED));
    }

    void tick(long now) {
        lifeline.tick(now);
    }

    boolean isOver() {
        return lifeline.isOver();
    }

    /** Passes on what happens; the application hears of it only after it got the session. */
    private final class Events implements Lifeline.Owner {

        @Override
        public void connected(boolean again) {
            if (again) {
                events.execute(() -> settings.listener().onReconnect(ClientSession.this));
            } else {
                connected.complete(ClientSession.this);
            }
        }

        @Override
        public void message(Subscription subscription, ClientConnection connection, Frame message) {
            subscription.deliver(received(message, connection));
        }

        @Override
        public void error(StompErrorException error) {
            if (connected.isDone()) {
                events.execute(() -> settings.listener().onError(ClientSession.this, error));
            }
        }

        @Override
        public void lost(StompClientException cause) {
            events.execute(() -> settings.listener().onDisconnect(ClientSession.this, cause));
        }

        @Override
        public void closed(StompClientException cause) {
            if (!connected.completeExceptionally(cause)) {
                events.close(() -> settings.listener().onClose(ClientSession.this));
            }
        }
    }
}
