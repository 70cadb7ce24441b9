package org.stampede.dispatch;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.stampede.broker.Broker;
import org.stampede.broker.RefusedException;
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

    BrokerMessenger(Broker broker, SessionRegistry registry, PayloadWriter writer) {
        this.broker = broker;
        this.registry = registry;
        this.writer = writer;
    }

    @Override
    public void send(String destination, Object payload, Map<String, String> headers) {
        boolean reserved = UserDestination.isUserDestination(destination) || UserDestination.isPrivate(destination);
        if (destination.isEmpty() || reserved || DestinationPattern.hasWildcard(destination)) {
            throw new IllegalArgumentException(
                    "A message is sent to one topic or queue, or by sendToUser and sendToSession; not to: "
                            + destination);
        }
        publish(writer.write(destination, payload, headers));
    }

    @Override
    public void sendToUser(String user, String destination, Object payload) {
        checkPlace(destination);
        for (ConnectedSession session : registry.ofUser(user)) {
            send(session, destination, payload, Map.of());
        }
    }

    @Override
    public void sendToSession(String sessionId, String destination, Object payload) {
        sendToSession(sessionId, destination, payload, Map.of());
    }

    void sendToSession(String sessionId, String destination, Object payload, Map<String, String> headers) {
        checkPlace(destination);
        registry.find(sessionId).ifPresent(session -> send(session, destination, payload, headers));
    }

    private static void checkPlace(String destination) {
        if (!destination.startsWith("/") || DestinationPattern.hasWildcard(destination)) {
            throw new IllegalArgumentException(
                    "What is sent to a user goes to one place, such as /queue/news; not to: " + destination);
        }
    }

    private void send(ConnectedSession session, String destination, Object payload, Map<String, String> headers) {
        publish(writer.write(session.privateDestination(destination), payload, headers));
    }

    private void publish(Frame send) {
        var published = broker.publish(send).toCompletableFuture();
        if (!published.isDone()) {
            published.whenComplete((nothing, failure) -> {
                if (failure != null) {
                    LOG.log(Level.WARNING, "The broker refused a message of the application.", failure);
                }
            });
            return;
        }
        try {
            published.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RefusedException refused) {
                throw new IllegalStateException(refused.detail(), refused);
            }
            throw e;
        }
    }
}
