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
import org.stampede.broker.Broker;
import org.stampede.destination.DestinationPattern;
import org.stampede.destination.UserDestination;
import org.stampede.messaging.Messenger;
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
        settle(publish(destination, payload, headers));
    }

    @Override
    public CompletionStage<Void> sendConfirmed(String destination, Object payload, Map<String, String> headers) {
        return publish(destination, payload, headers).minimalCompletionStage();
    }

    private CompletableFuture<Void> publish(String destination, Object payload, Map<String, String> headers) {
        boolean reserved = UserDestination.isOfSession(destination) || UserDestination.isPrivate(destination);
        if (destination.isEmpty() || reserved || DestinationPattern.hasWildcard(destination)) {
            throw new IllegalArgumentException(
                    "A message is sent to one topic or queue, or by sendToUser and sendToSession; not to: "
                            + destination);
        }
        Frame send = writer.write(destination, payload, headers);
        return depart(() -> broker.publish(send));
    }

    @Override
    public void sendToUser(String user, String destination, Object payload, Map<String, String> headers) {
        send(() -> registry.ofUser(user).stream(), destination, payload, headers);
    }

    @Override
    public void sendToSession(String sessionId, String destination, Object payload, Map<String, String> headers) {
        send(() -> registry.find(sessionId).stream(), destination, payload, headers);
    }

    private void send(
            Supplier<Stream<ConnectedSession>> sessions,
            String destination,
            Object payload,
            Map<String, String> headers) {
        if (!destination.startsWith("/") || DestinationPattern.hasWildcard(destination)) {
            throw new IllegalArgumentException(
                    "What is sent to a user goes to one place, such as /queue/news; not to: " + destination);
        }
        Frame send = writer.write(destination, payload, headers);
        settle(depart(() -> CompletableFuture.allOf(sessions.get()
                .map(session -> send.with(send.headers().with("destination", session.privateDestination(destination))))
                .map(frame -> broker.publish(frame).toCompletableFuture())
                .toArray(CompletableFuture[]::new))));
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
