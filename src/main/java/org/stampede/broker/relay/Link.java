package org.stampede.broker.relay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.stampede.broker.AwayException;
import org.stampede.broker.RefusedException;
import org.stampede.stomp.Frame;
import org.stampede.stomp.StompException;
import org.stampede.tcp.TcpAddress;
import org.stampede.tcp.TcpClient;

/**
 * Keeps a connection to the broker: opens it when it is first needed, and another one, at the next address and after a while, when
 * it is gone. SENDs wait while the first one is being opened, and so many of them while the broker is away.
 *
 * <p>Thread-safe; calls the owner, and completes stages, under no lock.
 */
final class Link implements Upstream.Owner {

    /** Whose connection it is. */
    interface Owner {

        /** There is a connection, on which nothing was said yet: what was subscribed to must be so again. */
        void up(Upstream upstream, TcpAddress address);

        void message(Frame message);

        /** There is none, or none yet; told after each failure. */
        void down(StompException cause, TcpAddress address);
    }

    private enum State {
        IDLE,
        /** A connection is being opened; if it is the first one, the broker counts as there. */
        OPENING,
        UP,
        WAITING,
        CLOSED
    }

    private record Held(
            Function<Upstream, CompletionStage<Void>> sending, int weight, CompletableFuture<Void> outcome) {}

    private final RelaySettings settings;
    private final TcpClient tcp;
    private final Frame connect;
    /** Whether a client is to blame if the broker does not let us in. */
    private final boolean ownLogin;

    private final Owner owner;
    private final LongSupplier nanoTime;
    private final DoubleSupplier chance;

    // Guarded by this.
    private State state = State.IDLE;
    private @Nullable Upstream upstream;
    /** The last one, once this is closed. */
    private @Nullable Upstream leaving;

    private final ArrayDeque<Held> held = new ArrayDeque<>();
    private long heldOctets;
    /** Which address is tried next. */
    private int next;

    private TcpAddress address;
    /** Since the last connection that stood for a while. */
    private int failures;
    /** When to try again. */
    private long due;

    /**
     * @param connect  how to log in
     * @param ownLogin whether that is a client's own login
     */
    Link(
            RelaySettings settings,
            TcpClient tcp,
            Frame connect,
            boolean ownLogin,
            Owner owner,
            LongSupplier nanoTime,
            DoubleSupplier chance) {
        this.settings = settings;
        this.tcp = tcp;
        this.connect = connect;
        this.ownLogin = ownLogin;
        this.owner = owner;
        this.nanoTime = nanoTime;
        this.chance = chance;
        this.address = settings.addresses().get(0);
    }

    /** Opens a connection, unless that was done before. */
    void open() {
        synchronized (this) {
            if (state != State.IDLE) {
                return;
            }
            state = State.OPENING;
        }
        connect();
    }

    private void connect() {
        TcpAddress to;
        synchronized (this) {
            to = settings.addresses().get(next % settings.addresses().size());
            next++;
            address = to;
        }
        tcp.connect(to, wire -> {
                    var fresh = new Upstream(settings, wire, ownLogin, this, nanoTime);
                    opened(fresh);
                    fresh.start(connect);
                    return fresh;
                })
                .whenComplete((opened, failure) -> {
                    if (failure != null) {
                        lost(AwayException.notSent(Upstream.reason(failure)));
                    }
                });
    }

    private void opened(Upstream fresh) {
        boolean late;
        synchronized (this) {
            late = state == State.CLOSED;
            if (!late) {
                upstream = fresh;
            }
        }
        if (late) {
            fresh.leave(List.of());
        }
    }

    @Override
    public void connected(Upstream fresh) {
        TcpAddress at;
        synchronized (this) {
            if (upstream != fresh) {
                return;
            }
            at = address;
        }
        owner.up(fresh, at);
        for (List<Held> some = takeHeld(fresh); !some.isEmpty(); some = takeHeld(fresh)) {
            some.forEach(one -> pass(one.sending().apply(fresh), one.outcome()));
        }
    }

    /** What is held; if it is nothing, later frames need not be held any more. Nothing once the connection is lost. */
    private synchronized List<Held> takeHeld(Upstream fresh) {
        if (upstream != fresh) {
            return List.of();
        }
        var some = new ArrayList<>(held);
        held.clear();
        heldOctets = 0;
        if (some.isEmpty()) {
            state = State.UP;
        }
        return some;
    }

    /** Completes a future as a stage does. */
    static void pass(CompletionStage<Void> stage, CompletableFuture<Void> outcome) {
        stage.whenComplete((done, failure) -> {
            if (failure == null) {
                outcome.complete(null);
            } else {
                outcome.completeExceptionally(failure);
            }
        });
    }

    /**
     * Sends something, now or when there is a connection.
     *
     * @param weight  about how many octets it occupies
     * @param sending sends it on a connection
     * @return completed as that has it
     */
    CompletionStage<Void> send(int weight, Function<Upstream, CompletionStage<Void>> sending) {
        Upstream on;
        synchronized (this) {
            if (state != State.UP || upstream == null) {
                return hold(weight, sending);
            }
            on = upstream;
        }
        return sending.apply(on);
    }

    /** Completed when the broker can take more, or there is no connection. */
    CompletionStage<Void> room() {
        Upstream on;
        synchronized (this) {
            on = upstream;
        }
        return on == null ? CompletableFuture.completedStage(null) : on.room();
    }

    private CompletionStage<Void> hold(int weight, Function<Upstream, CompletionStage<Void>> sending) {
        var limits = settings.outbox();
        int most = failures == 0 && (state == State.IDLE || state == State.OPENING) ? limits.frames() : settings.held();
        boolean tooMuch = held.size() >= most || (!held.isEmpty() && heldOctets + weight > limits.octets());
        if (state == State.CLOSED || tooMuch) {
            return CompletableFuture.failedStage(away(held.size()));
        }
        var one = new Held(sending, weight, new CompletableFuture<>());
        held.add(one);
        heldOctets += weight;
        return one.outcome();
    }

    private static AwayException away(int count) {
        return AwayException.notSent(
                count == 0
                        ? "The broker is out of reach at the moment; try again later."
                        : "The broker is out of reach at the moment, and " + count
                                + " messages wait for it already (setting " + RelaySettings.HELD
                                + "); try again later.");
    }

    @Override
    public void message(Upstream from, Frame message) {
        owner.message(message);
    }

    @Override
    public void ended(Upstream ended, StompException cause) {
        lost(cause);
    }

    private void lost(StompException cause) {
        // One that the broker does not let in will never be.
        boolean barred = ownLogin && cause instanceof RefusedException;
        List<Held> refused;
        TcpAddress at;
        synchronized (this) {
            if (state == State.CLOSED) {
                return;
            }
            at = address;
            long now = nanoTime.getAsLong();
            boolean stood = upstream != null
                    && state == State.UP
                    && now - upstream.since() > settings.reconnect().max().toNanos();
            failures = stood ? 0 : failures;
            due = now
                    + settings.reconnect().delay(failures, chance.getAsDouble()).toNanos();
            failures++;
            upstream = null;
            state = State.WAITING;
            refused = takeBeyond(barred ? 0 : settings.held());
        }
        owner.down(cause, at);
        var failure = barred ? cause : AwayException.notSent(cause.detail());
        refused.forEach(one -> one.outcome().completeExceptionally(failure));
    }

    private List<Held> takeBeyond(int most) {
        var beyond = new ArrayDeque<Held>();
        while (held.size() > most) {
            Held newest = held.removeLast();
            heldOctets -= newest.weight();
            beyond.addFirst(newest);
        }
        return List.copyOf(beyond);
    }

    void tick() {
        long now = nanoTime.getAsLong();
        Upstream ticked;
        boolean again;
        synchronized (this) {
            ticked = upstream == null ? leaving : upstream;
            again = state == State.WAITING && now - due >= 0;
            state = again ? State.OPENING : state;
        }
        if (ticked != null) {
            ticked.tick(now);
        }
        if (again) {
            connect();
        }
    }

    /** Ends the connection for good, as {@link #close(List)} does. */
    CompletionStage<Void> close() {
        return close(List.of());
    }

    /**
     * Ends the connection for good, after what waits to be written on it.
     *
     * @param farewell the last frames before DISCONNECT, whose RECEIPTs are awaited
     * @return completed when it is gone; until then this must still be given the time
     */
    CompletionStage<Void> close(List<Frame> farewell) {
        Upstream last;
        List<Held> refused;
        synchronized (this) {
            state = State.CLOSED;
            leaving = upstream == null ? leaving : upstream;
            last = leaving;
            upstream = null;
            refused = takeBeyond(0);
        }
        if (last != null) {
            last.leave(farewell);
        }
        var cause = AwayException.notSent("The connection to the broker was closed.");
        refused.forEach(one -> one.outcome().completeExceptionally(cause));
        return last == null ? CompletableFuture.completedStage(null) : last.gone();
    }
}
