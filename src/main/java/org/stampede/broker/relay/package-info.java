/**
 * A broker far away, over STOMP and TCP: RabbitMQ, ActiveMQ Artemis or ActiveMQ Classic. What is private to sessions stays on
 * this node, and so does the fan-out of topics: both are the business of the broker in memory. Imports {@code broker},
 * {@code broker.embedded}, {@code tcp}, {@code client} for its back-off only, {@code destination}, {@code transport},
 * {@code security} and {@code stomp}.
 */
@NullMarked
package org.stampede.broker.relay;

import org.jspecify.annotations.NullMarked;
