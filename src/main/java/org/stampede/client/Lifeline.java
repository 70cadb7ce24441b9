package org.stampede.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.stampede.client.Course.Loss;
import org.stampede.client.HeldSends.Held;
import org.stampede.stomp.Frame;

/**
 * Keeps a session connected: makes its connections one after another, and on each of them first asks for all subscriptions, then
 * sends what was held, and only then lets the application speak. Thread-safe; acts outside its lock.
 */
final class Lifeline implements ClientConnection.Owner {

    /** What the session makes of it; each method is called outside the lock. */
    interface Owner {

        void connected(boolean again);

        void message(Subscription subscription, ClientConnection connection, Frame message);

        void error(StompErrorException error);

        void lost(StompClientException cause);

        /** Called once, and last. */
        void closed(StompClientException cause);
    }

    private final Opener opener;
    private final Owner owner;
    private final LongSupplier nanoTime;

    // Guarded by this.
    private final Course course;
    private final HeldSends held;
    private final SubscriptionBook subscriptions = new SubscriptionBook();

    /** Completed when the session is closed. */
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    Lifeline(Opener opener, ClientSettings settings, Owner owner, LongSupplier nanoTime, DoubleSupplier chance) {
        this.opener = opener;
        this.owner = owner;
        this.nanoTime = nanoTime;
        this.course = new Course(settings.reconnect(), chance);
        this.held = new HeldSends(settings.bounds().heldSends());
    }

    synchronized SessionState state() {
        return course.state();
    }

    /** The connection on which the application may speak. */
    synchronized Optional<ClientConnection> usable() {
        return course.usable();
    }

    void open() {
        synchronized (this) {
            course.opening();
        }
        opener.open(this, this::isWanted, this::notOpened);
    }

    private synchronized boolean isWanted(ClientConnection opened) {
        subscriptions.beginAnew();
        return course.opened(opened);
    }

    private void notOpened(ConnectionLostException cause) {
        synchronized (this) {
            course.notOpened();
        }
        lost(cause);
    }

    @Override
    public void connected(ClientConnection fresh) {
        List<Runnable> due = due(fresh);
        while (!due.isEmpty()) {
            due.forEach(Runnable::run);
            due = due(fresh);
        }
    }

    /** What must be said before the application speaks; when there is nothing left, it may. */
    private synchronized List<Runnable> due(ClientConnection fresh) {
        if (!course.awaits(fresh)) {
            return List.of();
        }
        var due = new ArrayList<Runnable>();
        subscriptions.takeUnasked().forEach(one -> due.add(() -> ask(fresh, one)));
        subscriptions.takeEnded().forEach(one -> due.add(() -> fresh.tell(ClientFrames.unsubscribe(one.id()))));
        held.take().ifPresent(one -> due.add(() -> one.sendOn(fresh)));
        if (due.isEmpty()) {
            boolean again = course.connected();
            due.add(() -> owner.connected(again));
        }
        return due;
    }

    private void ask(ClientConnection on, Subscription subscription) {
        on.ask(subscription.subscribeFrame()).whenComplete((done, failure) -> {
            if (failure == null) {
                subscription.confirmed();
            } else if (!(failure instanceof ConnectionLostException)) {
                // Refused: asked for again and again, it would end each new connection.
                remove(subscription);
                subscription.end(failure);
                on.tell(ClientFrames.unsubscribe(subscription.id()));
            }
        });
    }

    /** Adds a subscription and asks for it, now or on the next connection. */
    void subscribe(Subscription subscription) {
        Optional<ClientConnection> on;
        SessionState then;
        boolean taken;
        synchronized (this) {
            then = course.state();
            on = course.usable();
            taken = course.isOpen();
            if (taken) {
                subscriptions.add(subscription);
            }
        }
        on.ifPresent(now -> ask(now, subscription));
        if (!taken) {
            subscription.end(new NotConnectedException(then));
        }
    }

    CompletableFuture<Void> unsubscribe(Subscription subscription) {
        boolean was = remove(subscription);
        subscription.end(new CancellationException("Unsubscribed."));
        return was
                ? usable().map(on -> on.ask(ClientFrames.unsubscribe(subscription.id())))
                        .orElseGet(() -> CompletableFuture.completedFuture(null))
                : CompletableFuture.completedFuture(null);
    }

    private synchronized boolean remove(Subscription subscription) {
        return subscriptions.remove(subscription);
    }

    /** Sends a frame, or holds it for the next connection if that is wanted. */
    <T> CompletableFuture<T> send(Function<ClientConnection, CompletableFuture<T>> sending) {
        Optional<ClientConnection> on;
        synchronized (this) {
            on = course.usable();
            if (on.isEmpty()) {
                return hold(sending);
            }
        }
        return sending.apply(on.get());
    }

    private <T> CompletableFuture<T> hold(Function<ClientConnection, CompletableFuture<T>> sending) {
        SessionState then = course.state();
        Optional<CompletableFuture<T>> outcome =
                then == SessionState.RECONNECTING ? held.hold(sending) : Optional.empty();
        return outcome.orElseGet(() -> CompletableFuture.failedFuture(new NotConnectedException(then)));
    }

    @Override
    public void message(ClientConnection on, Frame message) {
        message.header("subscription")
                .flatMap(this::subscription)
                .ifPresent(subscription -> owner.message(subscription, on, message));
    }

    private synchronized Optional<Subscription> subscription(String id) {
        return subscriptions.find(id);
    }

    @Override
    public void error(ClientConnection on, StompErrorException error) {
        owner.error(error);
    }

    @Override
    public void ended(ClientConnection ended, StompClientException cause) {
        boolean ours;
        synchronized (this) {
            ours = course.ended(ended, nanoTime.getAsLong());
        }
        if (ours) {
            lost(cause);
        }
    }

    private void lost(StompClientException cause) {
        Loss loss;
        synchronized (this) {
            loss = course.lost(nanoTime.getAsLong());
        }
        if (loss == Loss.NEWS) {
            owner.lost(cause);
        } else if (loss == Loss.END) {
            close(cause);
        }
    }

    /** Says DISCONNECT and awaits its RECEIPT; nothing else is sent from now on. */
    CompletableFuture<Void> disconnect() {
        Optional<ClientConnection> on;
        synchronized (this) {
            on = course.disconnecting();
        }
        if (on.isEmpty()) {
            close(new NotConnectedException(SessionState.CLOSED));
            return CompletableFuture.completedFuture(null);
        }
        return on.get().disconnect().thenCombine(over, (received, closed) -> null);
    }

    /** Ends the session; a connection is hung up as soon as what waits is written. */
    void close(StompClientException cause) {
        List<Subscription> ended;
        List<Held<?>> unsent = new ArrayList<>();
        Optional<ClientConnection> last;
        boolean spoke;
        synchronized (this) {
            if (course.state() == SessionState.CLOSED) {
                return;
            }
            last = course.connection();
            spoke = course.closed();
            ended = subscriptions.takeAll();
            held.drainTo(unsent);
        }
        last.ifPresent(spoke ? ClientConnection::hangUp : c -> c.end(cause));
        ended.forEach(subscription -> subscription.end(cause));
        unsent.forEach(one -> one.outcome().completeExceptionally(new NotConnectedException(SessionState.CLOSED)));
        owner.closed(cause);
        over.complete(null);
    }

    /** Whether nothing will happen any more, so that nobody needs to keep time. */
    synchronized boolean isOver() {
        return course.isOver();
    }

    void tick(long now) {
        Optional<ClientConnection> on;
        boolean open;
        synchronized (this) {
            on = course.connection();
            open = course.isDue(now);
        }
        on.ifPresent(c -> c.tick(now));
        if (open) {
            open();
        }
    }
}
