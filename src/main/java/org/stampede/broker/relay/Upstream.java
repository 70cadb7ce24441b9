package org.stampede.broker.relay;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.stampede.broker.AwayException;
import org.stampede.broker.RefusedException;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.FrameBatch;
import org.stampede.stomp.HeartBeat;
import org.stampede.stomp.Quoted;
import org.stampede.stomp.StompException;
import org.stampede.tcp.FrameReceiver;
import org.stampede.tcp.TcpWire;
import org.stampede.transport.CloseReason;
import org.stampede.transport.HeartBeatWatch;
import org.stampede.transport.Outbox;
import org.stampede.transport.OutboxLimits;

/**
 * One connection to the broker, from CONNECT to its end. Thread-safe; what comes is told to the owner on the thread of the network,
 * one call at a time.
 */
final class Upstream implements FrameReceiver {

    /** When so much waits for the broker, its sender should wait, too. */
    private static final int MANY_FRAMES = 100;

    private static final long MANY_OCTETS = 256 << 10;
    private static final long NEVER = Long.MIN_VALUE;

    /** Is told what comes. */
    interface Owner {

        /** The broker has let us in; nothing was sent but CONNECT. */
        void connected(Upstream upstream);

        void message(Upstream upstream, Frame message);

        /** Called once, and last: a {@link RefusedException} if the broker said ERROR of a frame, else an {@link AwayException}. */
        void ended(Upstream upstream, StompException cause);
    }

    private enum State {
        /** CONNECTED has not come. */
        OPENING,
        CONNECTED,
        /** Its last frames are said, and nobody is told any more. */
        LEAVING,
        OVER
    }

    private final RelaySettings settings;
    private final TcpWire wire;
    private final Outbox outbox;
    private final boolean ownLogin;
    private final Owner owner;
    private final LongSupplier nanoTime;
    private final long since;
    private final Receipts receipts;
    private final HeartBeatWatch heartBeats;
    private final AtomicLong ids = new AtomicLong();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private final AtomicReference<State> state = new AtomicReference<>(State.OPENING);
    /** How much of what was given to the Outbox is not written yet. */
    private final Load unwritten = new Load(MANY_FRAMES, MANY_OCTETS);

    /** When a frame was sent that asked for no RECEIPT. */
    private volatile long lastTold = NEVER;

    /** Set while nothing is read, so that a silence says nothing of the broker. */
    private volatile boolean paused;

    /** When the last frames were said, if they were. */
    private volatile long leftAt = NEVER;

    /** @param ownLogin whether a client is to blame if the broker does not let us in */
    Upstream(RelaySettings settings, TcpWire wire, boolean ownLogin, Owner owner, LongSupplier nanoTime) {
        this.settings = settings;
        this.wire = wire;
        this.ownLogin = ownLogin;
        this.owner = owner;
        this.nanoTime = nanoTime;
        this.since = nanoTime.getAsLong();
        this.outbox = new Outbox(wire, lanes(settings), nanoTime);
        this.receipts = new Receipts(settings);
        this.heartBeats = new HeartBeatWatch(settings.heartBeat(), since);
    }

    /** What may be sent without end is bounded here, by refusal; so the bounds of the Outbox are out of reach. */
    private static OutboxLimits lanes(RelaySettings settings) {
        return new OutboxLimits(
                Integer.MAX_VALUE, Long.MAX_VALUE, settings.outbox().writeTime());
    }

    void start(Frame connect) {
        outbox.offer(connect);
    }

    /** Since when this connection is, in nanoseconds. */
    long since() {
        return since;
    }

    /** Completed when not much waits for the broker, or for its RECEIPTs, or the connection is over. */
    CompletionStage<Void> room() {
        return unwritten.room().thenCompose(nothing -> receipts.room());
    }

    /** Sends a frame; completed by its RECEIPT if it asks for one, else at once. */
    CompletionStage<Void> send(Frame frame) {
        if (!hasRoomFor(frame.weight())) {
            return CompletableFuture.failedStage(tooMany());
        }
        return frame.headers().contains("receipt") ? ask(frame) : tell(frame);
    }

    /** Sends frames as a transaction, all or none (STOMP 1.2, section BEGIN); completed by the RECEIPT of the COMMIT. */
    CompletionStage<Void> commit(List<Frame> frames) {
        int weight = frames.stream().mapToInt(Frame::weight).sum();
        if (!hasRoomFor(weight)) {
            return CompletableFuture.failedStage(tooMany());
        }
        String transaction = "x" + ids.incrementAndGet();
        tell(Frame.of(Command.BEGIN, "transaction", transaction));
        for (Frame frame : frames) {
            var headers = frame.headers().filter(name -> !name.equals("receipt"));
            tell(frame.with(headers.plus("transaction", transaction)));
        }
        return ask(Frame.of(Command.COMMIT, "transaction", transaction));
    }

    private boolean hasRoomFor(int weight) {
        return unwritten.hasRoomFor(
                weight, settings.outbox().frames(), settings.outbox().octets());
    }

    /** Sends a frame without asking for a RECEIPT; completed at once. */
    CompletionStage<Void> tell(Frame frame) {
        receipts.none();
        lastTold = nanoTime.getAsLong();
        return offer(frame)
                .<CompletionStage<Void>>map(CompletableFuture::failedStage)
                .orElseGet(() -> CompletableFuture.completedStage(null));
    }

    /** Sends a frame; completed by its RECEIPT. */
    CompletionStage<Void> ask(Frame frame) {
        String id = "r" + ids.incrementAndGet();
        var outcome = receipts.await(frame, id, nanoTime.getAsLong());
        if (outcome.isEmpty()) {
            return CompletableFuture.failedStage(tooMany());
        }
        offer(frame.with(frame.headers().with("receipt", id))).ifPresent(refusal -> receipts.fail(id, refusal));
        return outcome.get();
    }

    /** Returns why a frame is not sent, empty if it is. */
    private Optional<StompException> offer(Frame frame) {
        int weight = frame.weight();
        unwritten.add(weight);
        boolean taken = outbox.offer(frame, () -> unwritten.remove(weight));
        return taken ? Optional.empty() : Optional.of(AwayException.notSent("The connection to the broker is closed."));
    }

    private RefusedException tooMany() {
        var limits = settings.outbox();
        return RefusedException.forWantOfRoom(
                "Broker too slow",
                "More waits for the broker than stampede.outbox.frames (" + limits.frames()
                        + ") and stampede.outbox.octets (" + limits.octets() + ") allow.");
    }

    void pause() {
        paused = true;
        wire.pause();
    }

    void resume() {
        heartBeats.heard(nanoTime.getAsLong());
        paused = false;
        wire.resume();
    }

    @Override
    public void received(FrameBatch batch, long octets) {
        heartBeats.heard(nanoTime.getAsLong());
        batch.frames().forEach(this::receive);
        batch.fault()
                .ifPresent(fault -> end(AwayException.perhapsSent(
                        "The broker sent what is not STOMP, or too much of it. " + fault.detail())));
    }

    private void receive(Frame frame) {
        State now = state.get();
        if (now == State.OVER) {
            return;
        }
        switch (frame.command()) {
            case CONNECTED -> connected(frame);
            case MESSAGE -> {
                if (now != State.LEAVING) {
                    owner.message(this, frame);
                }
            }
            case RECEIPT -> frame.header("receipt-id").ifPresent(id -> receipts.arrived(id));
            case ERROR -> refused(frame);
            case CONNECT, STOMP, SEND, SUBSCRIBE, UNSUBSCRIBE, ACK, NACK, BEGIN, COMMIT, ABORT, DISCONNECT ->
                end(AwayException.perhapsSent("The broker sent " + frame.command() + "."));
        }
    }

    private void connected(Frame frame) {
        if (!state.compareAndSet(State.OPENING, State.CONNECTED)) {
            return;
        }
        heartBeats.negotiated(
                frame.header("heart-beat").flatMap(HeartBeat::parse).orElse(HeartBeat.NONE));
        owner.connected(this);
    }

    /** A broker may keep the connection, but what it thinks of the frames behind the wrong one is its own business. */
    private void refused(Frame error) {
        boolean connected = state.get() != State.OPENING;
        String summary = error.header("message").orElse("Refused by the broker");
        if (!connected && !ownLogin) {
            // A broker that is about to start says so, too; and a login of ours that is wrong is no fault of a client.
            end(AwayException.notSent("The broker refuses the connection: " + Quoted.of(summary)));
            return;
        }
        var refusal = new RefusedException(
                Quoted.of(summary),
                error.bodyText().isBlank() ? summary : error.bodyText().strip());
        Optional<String> named = error.header("receipt-id");
        boolean ofFrame = named.isPresent() || !connected || receipts.isAnyOpen() || hasToldLately();
        if (!ofFrame || isStop(error)) {
            end(AwayException.perhapsSent("The broker ended the connection: " + Quoted.of(summary)));
            return;
        }
        named.or(receipts::suspect).ifPresent(id -> receipts.fail(id, refusal));
        end(refusal);
    }

    /** What RabbitMQ and ActiveMQ Classic say when they are stopped: of no frame, whichever is under way. */
    private static boolean isStop(Frame error) {
        return error.header("message").filter("connection_forced"::equals).isPresent()
                || error.bodyText().contains("BrokerStoppedException");
    }

    /** Whether it may be about a frame that asked for no RECEIPT. */
    private boolean hasToldLately() {
        long last = lastTold;
        return last != NEVER
                && nanoTime.getAsLong() - last <= settings.receiptTime().toNanos();
    }

    @Override
    public void ended(Optional<Throwable> cause) {
        gone.complete(null);
        end(AwayException.perhapsSent(cause.map(Upstream::reason).orElse("The broker closed the connection.")));
    }

    static String reason(Throwable cause) {
        String message = cause instanceof StompException fault ? fault.detail() : cause.getMessage();
        return cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }

    /** Completed when the connection is closed. */
    CompletionStage<Void> gone() {
        return gone;
    }

    /**
     * Says some last frames, awaits their RECEIPTs, and says DISCONNECT; no message is told any more. Until it is {@link #gone} it must
     * be given the time.
     */
    void leave(List<Frame> last) {
        leftAt = nanoTime.getAsLong();
        if (state.compareAndSet(State.CONNECTED, State.LEAVING)) {
            resume();
            CompletableFuture.allOf(last.stream()
                            .map(frame -> ask(frame).toCompletableFuture())
                            .toArray(CompletableFuture[]::new))
                    .whenComplete((done, failure) -> disconnect());
        } else if (state.get() != State.LEAVING) {
            disconnect();
        }
    }

    private void disconnect() {
        if (state.getAndSet(State.OVER) != State.OVER) {
            outbox.closeWith(Frame.of(Command.DISCONNECT), CloseReason.NORMAL);
            receipts.end();
            unwritten.end();
        }
    }

    private void end(StompException cause) {
        if (state.getAndSet(State.OVER) != State.OVER) {
            conclude(cause);
        }
    }

    private void conclude(StompException cause) {
        outbox.abandon();
        wire.close(CloseReason.NORMAL);
        receipts.end();
        unwritten.end();
        owner.ended(this, cause);
    }

    /** Keeps time: heart-beats of both sides, and all that takes too long. */
    void tick(long now) {
        receipts.tick(now);
        outbox.tick(heartBeats.beat());
        if (state.get() == State.LEAVING
                && now - leftAt > settings.receiptTime().toNanos()) {
            disconnect();
        }
        boolean late = now - since > settings.connectTime().toNanos();
        // One of the two happens: CONNECTED, or this.
        if (late && state.compareAndSet(State.OPENING, State.OVER)) {
            conclude(AwayException.notSent("The broker did not answer CONNECT in time."));
        } else if (!paused && heartBeats.isServerDead(now)) {
            end(AwayException.perhapsSent("The broker was silent for too long; no heart-beat came."));
        } else if (outbox.isClosed()) {
            end(AwayException.perhapsSent("The broker could not be written to."));
        }
    }
}
