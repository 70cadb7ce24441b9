package org.stampede.client;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.FrameBatch;
import org.stampede.stomp.HeartBeat;
import org.stampede.stomp.StompVersion;
import org.stampede.transport.Answers;
import org.stampede.transport.CloseReason;
import org.stampede.transport.HeartBeatWatch;
import org.stampede.transport.Wire;

/**
 * One connection, from CONNECT to its end; a session may have several, one after another. Thread-safe: it keeps time by
 * {@link #tick} and has no threads of its own.
 */
final class ClientConnection implements WireListener {

    /** Is told what comes in. */
    interface Owner {

        void connected(ClientConnection connection);

        void message(ClientConnection connection, Frame message);

        void error(ClientConnection connection, StompErrorException error);

        /** Called once, and last. */
        void ended(ClientConnection connection, StompClientException cause);
    }

    private final ClientSettings settings;
    private final ClientWire wire;
    private final ReadingGate gate;
    private final Owner owner;
    private final LongSupplier nanoTime;
    private final long since;
    private final Answers<Void> receipts;
    private final Answers<Frame> replies;
    private final Outgoing outgoing;
    private final HeartBeatWatch heartBeats;
    private final AtomicLong ids = new AtomicLong();
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile boolean connected;
    private volatile StompVersion version = StompVersion.V1_2;
    /** Completed when the wire may be closed although all was written: a RECEIPT may be on its way. */
    private volatile CompletableFuture<Void> lastReceipt = CompletableFuture.completedFuture(null);

    ClientConnection(ClientSettings settings, ClientWire wire, ReadingGate gate, Owner owner, LongSupplier nanoTime) {
        this.settings = settings;
        this.wire = wire;
        this.gate = gate;
        this.owner = owner;
        this.nanoTime = nanoTime;
        this.since = nanoTime.getAsLong();
        int awaited = settings.bounds().outgoingFrames();
        this.receipts = new Answers<>(settings.receiptTime(), awaited, ReceiptTimeoutException::new);
        this.replies = new Answers<>(settings.replyTime(), awaited, ReplyTimeoutException::new);
        this.outgoing = new Outgoing(new PatientWire(), settings.bounds(), settings.receiptTime(), nanoTime);
        this.heartBeats = new HeartBeatWatch(settings.heartBeat(), since);
    }

    /** Says CONNECT and begins to listen. */
    void start(Frame connect) {
        outgoing.offer(connect);
        wire.read();
    }

    StompVersion version() {
        return version;
    }

    /** Since when this connection is, in nanoseconds. */
    long since() {
        return since;
    }

    /** Sends a frame; completed when it is written. */
    CompletableFuture<Void> tell(Frame frame) {
        String id = "written-" + ids.incrementAndGet();
        return await(id, frame, () -> receipts.arrived(id, null));
    }

    /** Sends a frame; completed by its RECEIPT. */
    CompletableFuture<Void> ask(Frame frame) {
        String id = "receipt-" + ids.incrementAndGet();
        return await(id, frame.with(frame.headers().plus("receipt", id)), () -> {});
    }

    private CompletableFuture<Void> await(String id, Frame frame, Runnable whenWritten) {
        long now = nanoTime.getAsLong();
        var outcome =
                frame.command() == Command.SEND ? receipts.awaitIfRoom(id, now) : Optional.of(receipts.await(id, now));
        if (outcome.isEmpty()) {
            return refused("frames that wait for their receipts");
        }
        outgoing.offer(frame, whenWritten).ifPresent(refusal -> receipts.fail(id, refusal));
        return outcome.get();
    }

    /** Sends a request; completed by the MESSAGE that is its reply. */
    CompletableFuture<Frame> request(Frame send) {
        String id = "request-" + ids.incrementAndGet();
        var reply = replies.awaitIfRoom(id, nanoTime.getAsLong());
        if (reply.isEmpty()) {
            return refused("requests that wait for their replies");
        }
        tell(ClientFrames.request(send, id)).whenComplete((written, failure) -> {
            if (failure != null) {
                replies.fail(id, failure);
            }
        });
        return reply.get();
    }

    private <T> CompletableFuture<T> refused(String what) {
        return CompletableFuture.failedFuture(
                new QueueFullException(what, settings.bounds().outgoingFrames(), "outgoing"));
    }

    /** The server said of a frame why it will have no RECEIPT. */
    void refused(String receipt, ProblemException problem) {
        receipts.fail(receipt, problem);
    }

    /** Says DISCONNECT as the last frame, awaits its RECEIPT, and closes. */
    CompletableFuture<Void> disconnect() {
        var outcome = receipts.await("disconnect", nanoTime.getAsLong());
        lastReceipt = outcome;
        outgoing.finishWith(Frame.of(Command.DISCONNECT, "receipt", "disconnect"));
        return outcome;
    }

    /** Says DISCONNECT as the last frame and closes as soon as that is written. */
    void hangUp() {
        outgoing.finishWith(Frame.of(Command.DISCONNECT));
    }

    @Override
    public void received(FrameBatch batch) {
        heartBeats.heard(nanoTime.getAsLong());
        batch.frames().forEach(this::receive);
        batch.fault()
                .ifPresent(fault -> end(new ConnectionLostException(
                        "The server sent what is not STOMP, or too much. " + fault.detail(), fault)));
        gate.next(wire::read);
    }

    private void receive(Frame frame) {
        if (over.get()) {
            return;
        }
        switch (frame.command()) {
            case CONNECTED -> connected(frame);
            case MESSAGE -> message(frame);
            case RECEIPT -> frame.header("receipt-id").ifPresent(id -> receipts.arrived(id, null));
            case ERROR -> error(new StompErrorException(frame));
            case CONNECT, STOMP, SEND, SUBSCRIBE, UNSUBSCRIBE, ACK, NACK, BEGIN, COMMIT, ABORT, DISCONNECT ->
                end(new ConnectionLostException("The server sent " + frame.command() + ".", null));
        }
    }

    private void message(Frame frame) {
        if (ClientFrames.isReply(frame)) {
            frame.header("correlation-id").ifPresent(id -> replies.arrived(id, frame));
        } else {
            owner.message(this, frame);
        }
    }

    private void connected(Frame frame) {
        String number = frame.header("version").orElse("1.0");
        if (connected || !List.of(settings.acceptVersion().split(",")).contains(number)) {
            end(new ConnectionLostException("The server sent a CONNECTED that was not asked for.", null));
            return;
        }
        version = StompVersion.ofNumber(number).orElse(StompVersion.V1_0);
        outgoing.version(version);
        heartBeats.negotiated(
                frame.header("heart-beat").flatMap(HeartBeat::parse).orElse(HeartBeat.NONE));
        connected = true;
        owner.connected(this);
    }

    private void error(StompErrorException error) {
        error.receiptId().ifPresent(id -> receipts.fail(id, error));
        owner.error(this, error);
        end(error);
    }

    @Override
    public void ended(ConnectionLostException cause) {
        end(cause);
    }

    /** Ends the connection, unless it is over: what waits for an outcome fails, then the owner is told. */
    void end(StompClientException cause) {
        if (over.getAndSet(true)) {
            return;
        }
        outgoing.abandon();
        wire.close(CloseReason.NORMAL);
        var lost = ConnectionLostException.of(cause);
        receipts.end(lost);
        replies.end(lost);
        owner.ended(this, cause);
    }

    /** Keeps time: heart-beats of both sides, and all that takes too long. */
    void tick(long now) {
        receipts.tick(now);
        replies.tick(now);
        outgoing.tick(heartBeats.beat());
        if (!connected && now - since > settings.connectTime().toNanos()) {
            end(new ConnectionLostException("The server did not answer CONNECT in time.", null));
        } else if (gate.isShut()) {
            // Who does not listen cannot say that the other is silent.
            heartBeats.heard(now);
        } else if (heartBeats.isServerDead(now)) {
            end(new ConnectionLostException("The server was silent for too long; no heart-beat came.", null));
        }
    }

    /** The wire as the outgoing lane sees it: a close waits for the last RECEIPT, and is the end of the connection. */
    private final class PatientWire implements Wire {

        @Override
        public void write(List<Frame> frames, StompVersion escapes, Consumer<Optional<Throwable>> done) {
            wire.write(frames, escapes, done);
        }

        @Override
        public void close(CloseReason reason) {
            if (reason == CloseReason.NORMAL) {
                lastReceipt.whenComplete((done, failure) -> end(new ConnectionLostException("Disconnected.", null)));
            } else {
                end(new ConnectionLostException("The server could not be written to.", null));
            }
        }
    }
}
