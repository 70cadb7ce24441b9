package org.stampede.dispatch;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.stampede.broker.AwayException;
import org.stampede.broker.Broker;
import org.stampede.destination.DestinationPattern;
import org.stampede.destination.UserDestination;
import org.stampede.messaging.BrokerAwayException;
import org.stampede.messaging.Messenger;
import org.stampede.session.Announcements;
import org.stampede.session.ConnectedSession;
import org.stampede.session.SessionRegistry;
import org.stampede.stomp.Frame;

/** Speaks for the application through the broker. Thread-safe. */
final class BrokerMessenger implements Messenger {

    private static final Logger LOG = System.getLogger(BrokerMessenger.class.getName());

    private final Broker broker;
    private final SessionRegistry registry;
    private final PayloadWriter writer;
    private final AfterCommit commits;
    /** Itself, if it leaves transactions aside. */
    private final BrokerMessenger immediate;

    BrokerMessenger(Broker broker, SessionRegistry registry, PayloadWriter writer, AfterCommit commits) {
        this.broker = broker;
        this.registry = registry;
        this.writer = writer;
        this.commits = commits;
        this.immediate = new BrokerMessenger(broker, registry, writer);
    }

    private BrokerMessenger(Broker broker, SessionRegistry registry, PayloadWriter writer) {
        this.broker = broker;
        this.registry = registry;
        this.writer = writer;
        this.commits = AfterCommit.NEVER_HELD;
        this.immediate = this;
    }

    @Override
    public BrokerMessenger immediately() {
        return immediate;
    }

    @Override
    public void send(String destination, Object payload, Map<String, String> headers) {
        settle(publish(message(destination, payload, headers)));
    }

    @Override
    public CompletionStage<Void> sendConfirmed(String destination, Object payload, Map<String, String> headers) {
        Frame send = message(destination, payload, headers);
        // So a broker far away knows that somebody waits.
        return publish(send.with(send.headers().with("receipt", "confirmed"))).minimalCompletionStage();
    }

    private Frame message(String destination, Object payload, Map<String, String> headers) {
        boolean reserved = UserDestination.isOfSession(destination) || UserDestination.isPrivate(destination);
        if (destination.isEmpty() || reserved || DestinationPattern.hasWildcard(destination)) {
            throw new IllegalArgumentException(
                    "A message is sent to one topic or queue, or by sendToUser and sendToSession; not to: "
                            + destination);
        }
        return writer.write(destination, payload, headers);
    }

    private CompletableFuture<Void> publish(Frame send) {
        return depart(() -> broker.publish(send).exceptionally(BrokerMessenger::fail));
    }

    /** Fails as before, but for what applications may want to know. */
    private static Void fail(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof AwayException away) {
            throw new BrokerAwayException(away.detail(), away.isPerhapsSent());
        }
        throw cause instanceof RuntimeException known ? known : new CompletionException(cause);
    }

    @Override
    public void sendToUser(String user, String destination, Object payload, Map<String, String> headers) {
        Frame send = privateMessage(destination, payload, headers);
        settle(depart(() -> {
            var here = publish(registry.ofUser(user).stream(), destination, send);
            broker.announce(to(Announcements.ofUser(user, destination), send));
            return here;
        }));
    }

    @Override
    public void sendToSession(String sessionId, String destination, Object payload, Map<String, String> headers) {
        Frame send = privateMessage(destination, payload, headers);
        settle(depart(() -> {
            var session = registry.find(sessionId);
            if (session.isEmpty()) {
                broker.announce(to(Announcements.ofSession(sessionId, destination), send));
            }
            return publish(session.stream(), destination, send);
        }));
    }

    private Frame privateMessage(String destination, Object payload, Map<String, String> headers) {
        if (!destination.startsWith("/") || DestinationPattern.hasWildcard(destination)) {
            throw new IllegalArgumentException(
                    "What is sent to a user goes to one place, such as /queue/news; not to: " + destination);
        }
        return writer.write(destination, payload, headers);
    }

    private CompletionStage<Void> publish(Stream<ConnectedSession> sessions, String place, Frame send) {
        return CompletableFuture.allOf(sessions.map(session -> to(session.privateDestination(place), send))
                .map(frame -> broker.publish(frame).toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    private static Frame to(String destination, Frame send) {
        return send.with(send.headers().with("destination", destination));
    }

    private CompletableFuture<Void> depart(Supplier<CompletionStage<Void>> publish) {
        var departure = new Departure(publish);
        commits.depart(departure);
        return departure.taken();
    }

    /** Throws what is known to have failed, and logs what fails later. */
    private static void settle(CompletableFuture<Void> taken) {
        if (!taken.isDone()) {
            taken.whenComplete((nothing, failure) -> {
                if (failure != null && !(failure instanceof CancellationException)) {
                    LOG.log(Level.WARNING, "The broker refused a message of the application.", failure);
                }
            });
            return;
        }
        try {
            taken.join();
        } catch (CancellationException e) {
            LOG.log(Level.DEBUG, "A message was dropped with its transaction.");
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
