package org.stampede.session;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.stampede.security.Peer;
import org.stampede.stomp.Frame;
import org.stampede.stomp.FrameBatch;
import org.stampede.stomp.Headers;
import org.stampede.stomp.LimitExceededException;
import org.stampede.stomp.StompException;
import org.stampede.transport.CloseReason;
import org.stampede.transport.Inbox;
import org.stampede.transport.InboxLimits;
import org.stampede.transport.Outbox;
import org.stampede.transport.Reading;

/**
 * A session and its two lanes, as the threads of the container and the ticker see it: what is read goes into the Inbox, time
 * passes, the connection ends. Thread-safe.
 */
public final class Connection {

    private static final Logger LOG = System.getLogger(Connection.class.getName());

    private final SessionContext context;
    private final SessionSettings settings;
    private final InstantSource clock;
    private final Inbox inbox;
    private final Outbox outbox;
    private final LongSupplier nanoTime;
    private final HeartBeatMonitor heartBeats;
    private final StompSession session;
    private final long openedAt;
    /** Whether the first frame has come: then it is not the client who keeps the other waiting. */
    private volatile boolean spoken;

    /** Whether CONNECT was accepted. */
    private volatile boolean admitted;

    /** What the client may send; touched by the thread that reads only. */
    private final Allowance frames;

    private final Allowance octetsLeft;
    /** Whether nothing is read until the Inbox has room. */
    private volatile boolean paused;
    /** Before CONNECTED; touched by the thread that reads only. */
    private long loginOctets;

    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final AtomicBoolean givenUp = new AtomicBoolean();

    /**
     * @param peer          who is at the other end
     * @param context       what all sessions share
     * @param outbox        where frames leave; for this connection alone
     * @param executor      where the session's tasks run
     * @param inboxLimits   how much may wait before the reader does
     * @param nanoTime      the clock, such as {@code System::nanoTime}
     */
    public Connection(
            Peer peer,
            SessionContext context,
            Outbox outbox,
            Executor executor,
            InboxLimits inboxLimits,
            LongSupplier nanoTime) {
        this.context = context;
        this.settings = context.settings();
        this.clock = context.clock();
        this.outbox = outbox;
        this.nanoTime = nanoTime;
        this.openedAt = nanoTime.getAsLong();
        this.frames = new Allowance(settings.rates().frames(), openedAt);
        this.octetsLeft = new Allowance(settings.rates().octets(), openedAt);
        this.heartBeats = new HeartBeatMonitor(settings, outbox.canPing(), openedAt);
        this.inbox = new Inbox(executor, inboxLimits, nanoTime, Connection::logBug);
        this.session = new StompSession(peer, context, outbox, inbox, this::admitted, heartBeats::negotiated);
        outbox.onOverflow(this::overflowed);
        // Containers do not always tell of a close, and what is dealt to this session others could have.
        outbox.onLost(this::closed);
        if (context.interception() != Interception.NONE) {
            outbox.onOffer(frame -> context.interception().outbound(frame, session.peer()));
        }
    }

    private void admitted() {
        admitted = true;
    }

    private static void logBug(RuntimeException bug) {
        LOG.log(Level.ERROR, "A task of an Inbox failed.", bug);
    }

    /** Who is at the other end. */
    public Peer peer() {
        return session.peer();
    }

    /**
     * Takes what was read. Waits while the Inbox is full, so that no more is read and the peer is slowed down.
     *
     * @param octets how many octets were read
     * @throws InterruptedException if interrupted while waiting
     */
    public void received(FrameBatch batch, long octets) throws InterruptedException {
        Optional<Delivery> delivery = delivery(batch, octets);
        if (delivery.isEmpty() || delivery.get().isDone(inbox)) {
            return;
        }
        heartBeats.stopListening();
        try {
            inbox.put(delivery.get().task(), delivery.get().weight());
        } finally {
            heartBeats.listenAgain(nanoTime.getAsLong());
        }
    }

    /**
     * Takes what was read, without waiting.
     *
     * @param octets  how many octets were read
     * @param reading paused while the Inbox is full, so that the peer is slowed down
     */
    public void received(FrameBatch batch, long octets, Reading reading) {
        delivery(batch, octets).ifPresent(delivery -> {
            if (!delivery.isDone(inbox) && !inbox.add(delivery.task(), delivery.weight()) && !paused) {
                pause(reading);
            }
        });
    }

    /**
     * What is to become of something that was read.
     *
     * @param brief whether the thread that reads may do it
     */
    private record Delivery(Runnable task, long weight, boolean brief) {

        /** Whether it could be done at once. */
        boolean isDone(Inbox inbox) {
            return brief && inbox.tryRun(task);
        }
    }

    private Optional<Delivery> delivery(FrameBatch batch, long octets) {
        long now = nanoTime.getAsLong();
        heartBeats.peerSpoke(now);
        if (isTooMuchBeforeLogin(octets)) {
            return Optional.of(failure(tooMuchBeforeLogin(), CloseReason.TOO_BIG));
        }
        // A heart-beat, or a piece of a frame, counts as well, so that there are no floods of them.
        if (!frames.spend(Math.max(1, batch.frames().size()), now)) {
            return Optional.of(failure(settings.rates().tooManyFrames(), CloseReason.POLICY));
        }
        if (!octetsLeft.spend(octets, now)) {
            return Optional.of(failure(settings.rates().tooManyOctets(), CloseReason.POLICY));
        }
        if (batch.frames().isEmpty() && batch.fault().isEmpty()) {
            return Optional.empty();
        }
        spoken = true;
        return Optional.of(new Delivery(() -> session.receive(batch), weightOf(batch), isBrief(batch)));
    }

    /** Frames that are read as they are on the wire are for the session to understand. */
    private boolean isBrief(FrameBatch batch) {
        return admitted
                && batch.fault().isEmpty()
                && batch.version().isPresent()
                && batch.frames().stream().allMatch(context::isBrief);
    }

    private Delivery failure(StompException cause, CloseReason reason) {
        return new Delivery(() -> session.fail(cause, Headers.NONE, reason), 0, false);
    }

    private void pause(Reading reading) {
        paused = true;
        heartBeats.stopListening();
        reading.pause();
        inbox.whenRoom(() -> {
            heartBeats.listenAgain(nanoTime.getAsLong());
            reading.resume();
            // In this order, so that a pause never comes before the end of the last one.
            paused = false;
        });
    }

    /** The peer has given a sign of life that is no frame, such as the answer to a ping. */
    public void isAlive() {
        heartBeats.peerSpoke(nanoTime.getAsLong());
    }

    private static long weightOf(FrameBatch batch) {
        return batch.frames().stream().mapToLong(Frame::weight).sum();
    }

    private boolean isTooMuchBeforeLogin(long octets) {
        if (admitted) {
            return false;
        }
        loginOctets += octets;
        return loginOctets > settings.loginOctets();
    }

    private StompException tooMuchBeforeLogin() {
        return new LimitExceededException(
                "what is sent before CONNECTED", settings.loginOctets(), "octets", "stampede.limit.login-octets");
    }

    /** Refuses the connection as a whole: sends an ERROR and closes. */
    public void refuse(StompException cause, CloseReason reason) {
        inbox.execute(() -> session.fail(cause, Headers.NONE, reason));
    }

    /**
     * Keeps time: heart-beats, the time limit for CONNECT, dead peers. Never waits for the Inbox.
     *
     * @param periodNanos how often this is called
     * @return whether there is need to call again
     */
    public boolean tick(long periodNanos) {
        if (outbox.isClosed()) {
            // The container may never tell, if the peer is out of reach.
            closed();
            return false;
        }
        long now = nanoTime.getAsLong();
        if (!spoken && now - openedAt > settings.connectTime().toNanos()) {
            giveUp(
                    "No CONNECT in time",
                    "The first frame must be CONNECT, within "
                            + settings.connectTime().toMillis() + " ms.");
        } else if (session.isLoggingIn()
                && now - openedAt > 2 * settings.connectTime().toNanos()) {
            giveUp("Login took too long", "The server could not find out in time who the client is; try again later.");
        } else if (peer().isExpired(clock.instant())) {
            giveUp("Login expired", "The login of the client has ended, and with it the session; log in anew.");
        } else if (heartBeats.peerIsDead(now)) {
            giveUp("No heart-beat", "Nothing was received for longer than heart-beats, or answers to pings, may take.");
        }
        long interval = heartBeats.sendInterval();
        outbox.tick(interval == 0 ? 0 : Math.max(1, interval - periodNanos));
        if (heartBeats.pingIsDue(now)) {
            outbox.ping();
        }
        return true;
    }

    /** Ends the session if the network knows that the client is gone; any thread. */
    public void probe() {
        outbox.probe();
    }

    /** Ends the session without its doing: sends an ERROR, closes, and lets what was received be processed. */
    private void giveUp(String summary, String detail) {
        if (givenUp.compareAndSet(false, true)) {
            LOG.log(Level.INFO, () -> "Session " + peer().sessionId() + " is given up: " + summary);
            outbox.closeWith(
                    StompSession.errorFrame(new ProtocolException(summary, detail), Headers.NONE), CloseReason.POLICY);
            closed();
        }
    }

    /** The login by HTTP that the client came with has ended: tells it, and ends the session; any thread. */
    public void loggedOut() {
        giveUp("Logged out", "The HTTP session of the client has ended, and with it this one; log in anew.");
    }

    private void overflowed() {
        var limits = outbox.limits();
        giveUp(
                "Limit exceeded: what waits to be read by the client",
                "The limit for what waits to be read by the client is " + limits.frames()
                        + " frames (setting stampede.outbox.frames) and " + limits.octets()
                        + " octets (setting stampede.outbox.octets).");
    }

    /**
     * The application ends: says so to the client when its session has ended, so that nothing is dealt to it any more when it goes on
     * elsewhere.
     *
     * @return completed when the session has ended, and all who want to know were told, the broker among them
     */
    public CompletionStage<Void> goAway() {
        leave().thenRun(this::sayGoodBye);
        return ended;
    }

    /**
     * The application ends, and the session with it; the client is not told yet.
     *
     * @return as {@link #goAway}
     */
    public CompletionStage<Void> leave() {
        closed();
        return ended;
    }

    /** Tells the client that the application ends, even if its session has not. */
    public void sayGoodBye() {
        outbox.closeAfterFlush(CloseReason.GOING_AWAY);
    }

    /** The connection has ended, whatever the reason. Later calls have no effect. */
    public void closed() {
        inbox.close(() -> session.end().thenRun(() -> ended.complete(null)));
    }
}
