package org.stampede.dispatch;

import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import org.stampede.destination.DestinationPattern;
import org.stampede.messaging.SubscriptionEvent;
import org.stampede.session.Subscriber;
import org.stampede.stomp.Frame;

/** A subscription as observers see it. Immutable, thread-safe. */
record SubscriptionView(Subscriber subscriber, Map<String, String> variables, PayloadWriter writer)
        implements SubscriptionEvent {

    static String variable(Map<String, String> variables, String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The pattern has no variable {" + name + "}.");
        }
        return value;
    }

    @Override
    public String destination() {
        return subscriber.destination();
    }

    @Override
    public String subscriptionId() {
        return subscriber.id();
    }

    @Override
    public String sessionId() {
        return subscriber.peer().sessionId();
    }

    @Override
    public Optional<Principal> user() {
        return subscriber.peer().user();
    }

    @Override
    public String variable(String name) {
        return variable(variables, name);
    }

    @Override
    public boolean covers(String destination) {
        return !DestinationPattern.hasWildcard(destination)
                && DestinationPattern.ofSubscription(destination()).matches(destination);
    }

    @Override
    public void send(Object payload) {
        send(onlyDestination(), payload);
    }

    @Override
    public void send(String destination, Object payload) {
        subscriber.deliver(frame(destination, payload));
    }

    @Override
    public void sendSnapshot(Object payload) {
        sendSnapshot(onlyDestination(), payload);
    }

    @Override
    public void sendSnapshot(String destination, Object payload) {
        subscriber.deliverSnapshot(frame(destination, payload));
    }

    private String onlyDestination() {
        if (DestinationPattern.hasWildcard(destination())) {
            throw new IllegalStateException(
                    "The subscription to " + destination() + " has a wildcard; name the destination of the message.");
        }
        return destination();
    }

    private Frame frame(String destination, Object payload) {
        if (!covers(destination)) {
            throw new IllegalArgumentException(
                    "The subscription to " + destination() + " does not cover " + destination + ".");
        }
        return writer.write(destination, payload, Map.of());
    }
}
