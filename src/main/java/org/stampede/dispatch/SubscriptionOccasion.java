package org.stampede.dispatch;

import java.security.Principal;
import java.util.Optional;
import org.stampede.stomp.Headers;

/**
 * A subscription as its observers' parameters see it. Apart from the event, which an application may keep as long as it likes, so
 * that no headers are kept with it. Immutable.
 *
 * @param event     what the observers are told
 * @param headers   of the SUBSCRIBE; none at the end of a subscription
 * @param messenger sends problems
 */
record SubscriptionOccasion(SubscriptionView event, Headers headers, BrokerMessenger messenger) implements Occasion {

    @Override
    public String destination() {
        return event.destination();
    }

    @Override
    public String variable(String name) {
        return event.variable(name);
    }

    @Override
    public Optional<String> header(String name) {
        return headers.first(name);
    }

    @Override
    public Optional<Principal> user() {
        return event.user();
    }

    @Override
    public String sessionId() {
        return event.sessionId();
    }

    @Override
    public void sendProblem(String problem) {
        Problems.send(messenger, sessionId(), Problems.ERRORS, problem, Optional.empty());
    }
}
