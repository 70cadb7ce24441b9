package org.stampede.server;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import java.util.Optional;
import org.stampede.messaging.BrokerStatus;

/**
 * Adds the readiness check where the server has MicroProfile Health (a CDI extension). What an extension adds cannot have the beans of
 * the application injected on every server, but it can have the extension: hence it knows the broker. Thread-safe.
 */
public class HealthDiscovery implements Extension {

    private volatile Optional<BrokerStatus> broker = Optional.empty();

    /** The server has been started. */
    void started(BrokerStatus status) {
        broker = Optional.of(status);
    }

    /** The server ends. Containers may hold the extensions of an application that has ended, and shall not hold more by them. */
    void ended() {
        broker = Optional.empty();
    }

    /** Whether the broker can be reached; empty before the start and after the end. */
    Optional<BrokerStatus> broker() {
        return broker;
    }

    void add(@Observes BeforeBeanDiscovery beans) {
        if (hasMicroProfileHealth()) {
            MicroProfile.add(beans);
        }
    }

    private static boolean hasMicroProfileHealth() {
        try {
            Class.forName("org.eclipse.microprofile.health.HealthCheck", false, HealthDiscovery.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Apart, so that the check is loaded only where its imports are. */
    private static final class MicroProfile {

        static void add(BeforeBeanDiscovery beans) {
            beans.addAnnotatedType(BrokerReadiness.class, BrokerReadiness.class.getName())
                    .add(ApplicationScoped.Literal.INSTANCE);
        }
    }
}
