/**
 * The server's half of the STOMP protocol: what frames mean to one another. {@link org.stampede.session.StompSession} is one
 * switch over the commands; {@link org.stampede.session.Connection} is its shell, through which container threads and the
 * ticker reach it.
 *
 * <p>No CDI, no WebSocket, no threads and no clock of its own live here: executors and clocks come as arguments. Imports
 * {@code stomp}, {@code destination}, {@code transport}, {@code security} and {@code broker}.
 */
@NullMarked
package org.stampede.session;

import org.jspecify.annotations.NullMarked;
