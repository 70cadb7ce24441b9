/**
 * The Java client: STOMP over WebSocket or TCP on a plain JDK, without a server or any of Jakarta EE. Begin at
 * {@link org.stampede.client.StompClient}.
 *
 * <p>Here lives the client's half of the protocol: one connection after another under a {@link
 * org.stampede.client.ClientSession} that outlives them. Imports {@code org.stampede.stomp} and {@code org.stampede.transport},
 * and the {@code Problem} of {@code org.stampede.messaging}; JSON Binding is used if it is there, for payloads that are neither
 * text nor octets.
 */
@NullMarked
package org.stampede.client;

import org.jspecify.annotations.NullMarked;
