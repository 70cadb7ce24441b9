package org.stampede.server;

import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Tells MicroProfile Health whether the broker can be reached. No bean by itself, since not every server has MicroProfile Health: {@link
 * HealthDiscovery} makes it one. Thread-safe.
 */
@Readiness
public class BrokerReadiness implements HealthCheck {

    @Inject
    HealthDiscovery discovery;

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("stampede-broker");
        var broker = discovery.broker();
        broker.flatMap(status -> status.lastChange()).ifPresent(change -> {
            response.withData("address", change.address());
            change.cause().ifPresent(cause -> response.withData("cause", cause));
        });
        return response.status(broker.filter(status -> status.isAvailable()).isPresent())
                .build();
    }
}
