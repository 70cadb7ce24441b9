package org.stampede.messaging;

import java.util.Optional;

/**
 * Whether messages can be sent; {@code @Inject} it anywhere, such as into a health check. Where the server has MicroProfile Health, there
 * is one already: the readiness check {@code stampede-broker}. Thread-safe.
 */
public interface BrokerStatus {

    /**
     * Whether the broker can be reached.
     *
     * @return with the broker in memory always true; behind a relay, whether there is a connection now
     */
    boolean isAvailable();

    /**
     * What has changed last.
     *
     * @return the last {@link BrokerAvailability}; empty with the broker in memory, and before the first connection
     */
    Optional<BrokerAvailability> lastChange();
}
