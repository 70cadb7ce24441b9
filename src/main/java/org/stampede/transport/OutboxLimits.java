package org.stampede.transport;

import java.time.Duration;

/**
 * How much may wait in an {@link Outbox}, and for how long. Immutable.
 *
 * @param frames    frames that wait
 * @param octets    octets that wait; a single frame may exceed them
 * @param writeTime how long one write, or the flush before a close, may take
 */
public record OutboxLimits(int frames, long octets, Duration writeTime) {}
