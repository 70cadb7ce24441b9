/**
 * The server's half of the STOMP protocol: what frames mean to one another. {@link org.stampede.session.StompSession} opens
 * and ends a session, {@link org.stampede.session.Conversation} is one switch over the commands in between, and
 * {@link org.stampede.session.Connection} is their shell, through which container threads and the ticker reach them.
 *
 * <p>No CDI, no WebSocket, no threads and no clock of its own live here: executors and clocks come as arguments. Imports
 * {@code stomp}, {@code destination}, {@code transport}, {@code security} and {@code broker}.
 */
@NullMarked
package org.stampede.session;

import org.jspecify.annotations.NullMarked;
