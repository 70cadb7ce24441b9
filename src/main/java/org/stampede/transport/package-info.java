/**
 * How frames travel between a connection and its session: the {@link org.stampede.transport.Wire} port, and the two bounded
 * lanes, {@link org.stampede.transport.Inbox} and {@link org.stampede.transport.Outbox}. Nothing here knows what a frame
 * means. Imports {@code org.stampede.stomp} only.
 */
@NullMarked
package org.stampede.transport;

import org.jspecify.annotations.NullMarked;
