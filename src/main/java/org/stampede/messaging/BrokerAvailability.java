package org.stampede.messaging;

import java.util.Optional;

/**
 * The broker behind the relay can be reached, or cannot any more. Fired as a CDI event, without qualifier, once for each change, and
 * in the order of the changes:
 *
 * <pre>{@code
 * void broker(@Observes BrokerAvailability broker) {
 *     monitor.set("broker", broker.isAvailable(), broker.cause().orElse(""));
 * }
 * }</pre>
 *
 * <p>While it is away sessions stay connected and handlers are called; what is sent to {@code /topic/**} and {@code /queue/**} is
 * refused, or held. Without a relay it is never fired. Immutable.
 *
 * @param isAvailable whether the broker can be reached
 * @param address     of the node of the broker: {@code host:port}
 * @param cause       why it cannot be reached; empty if it can
 */
public record BrokerAvailability(boolean isAvailable, String address, Optional<String> cause) {}
