/**
 * What a session asks of a broker, whichever it is: the ports {@link org.stampede.broker.Broker} and
 * {@link org.stampede.broker.BrokerSession}. The broker in memory is in {@code org.stampede.broker.embedded}. Imports
 * {@code stomp}, {@code destination}, {@code transport} and {@code security}.
 */
@NullMarked
package org.stampede.broker;

import org.jspecify.annotations.NullMarked;
