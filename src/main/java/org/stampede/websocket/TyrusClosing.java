package org.stampede.websocket;

import jakarta.websocket.Session;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.stampede.stomp.Frame;
import org.stampede.stomp.StompVersion;
import org.stampede.transport.CloseReason;
import org.stampede.transport.Wire;

/**
 * Closes sessions of Tyrus, which Payara has, on threads that read from the client. Any other thread may still be at it when the client
 * has read the close and hung up; then Payara ends the request of the session twice, and hands its objects on to two new ones: strangers'
 * connections are closed, or never answered. The client brings such a thread by the answer to a ping, or whatever else it sends. Who sends
 * nothing in time will not race with anybody, and is closed by another thread. Thread-safe as {@link Wire} demands.
 */
final class TyrusClosing implements Wire {

    private final EndpointWire wire;
    private final Executor later;
    private final AtomicReference<Optional<CloseReason>> wanted = new AtomicReference<>(Optional.empty());

    /** @param later where tasks run when the answer to a ping has had its time */
    TyrusClosing(EndpointWire wire, Executor later) {
        this.wire = wire;
        this.later = later;
    }

    /** Empty for the sessions of other containers, which any thread may close. */
    static Optional<TyrusClosing> of(Session session, EndpointWire wire, Executor later) {
        return session.getClass().getName().startsWith("org.glassfish.tyrus.")
                ? Optional.of(new TyrusClosing(wire, later))
                : Optional.empty();
    }

    @Override
    public void write(List<Frame> frames, StompVersion version, Consumer<Optional<Throwable>> done) {
        wire.write(frames, version, done);
    }

    @Override
    public void ping(Consumer<Optional<Throwable>> done) {
        wire.ping(done);
    }

    @Override
    public boolean canPing() {
        return wire.canPing();
    }

    @Override
    public boolean isOpen() {
        return wire.isOpen();
    }

    @Override
    public void close(CloseReason reason) {
        if (reason == CloseReason.GOING_AWAY) {
            // Nobody will read for an application that has ended.
            wire.close(reason);
        } else if (wanted.compareAndSet(Optional.empty(), Optional.of(reason))) {
            wire.ping(sent -> {});
            closeLater();
        }
    }

    private void closeLater() {
        try {
            later.execute(() -> take().ifPresent(wire::close));
        } catch (RejectedExecutionException | IllegalStateException e) {
            // The application ends, and its executor has.
            take().ifPresent(wire::close);
        }
    }

    /** To be called by each thread that reads from the client. */
    void read() {
        take().ifPresent(wire::closeNow);
    }

    /** The session has ended. */
    void forget() {
        take();
    }

    private Optional<CloseReason> take() {
        return wanted.getAndSet(Optional.empty());
    }
}
