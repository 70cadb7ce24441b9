package org.stampede.testkit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.Optional;
import org.stampede.messaging.BrokerAvailability;
import org.stampede.messaging.BrokerStatus;
import org.stampede.messaging.Messenger;
import org.stampede.messaging.StompSessions;

/** Gives beans what they may inject of the server. Set once before use, hence thread-safe. */
@ApplicationScoped
class KitMessenger {

    private Optional<Messenger> messenger = Optional.empty();
    private Optional<StompSessions> sessions = Optional.empty();

    void take(Messenger readyMessenger, StompSessions readySessions) {
        messenger = Optional.of(readyMessenger);
        sessions = Optional.of(readySessions);
    }

    @Produces
    @ApplicationScoped
    Messenger messenger() {
        return messenger.orElseThrow(KitMessenger::notStarted);
    }

    @Produces
    @ApplicationScoped
    StompSessions sessions() {
        return sessions.orElseThrow(KitMessenger::notStarted);
    }

    /** The broker of the kit is in memory. */
    @Produces
    @ApplicationScoped
    BrokerStatus brokerStatus() {
        return new BrokerStatus() {
            @Override
            public boolean isAvailable() {
                return true;
            }

            @Override
            public Optional<BrokerAvailability> lastChange() {
                return Optional.empty();
            }
        };
    }

    private static IllegalStateException notStarted() {
        return new IllegalStateException("The kit has not been started.");
    }
}
