/**
 * The way in: the WebSocket endpoint, its decoders and encoders, and the {@link org.stampede.transport.Wire} over a WebSocket
 * session. The only package that imports {@code jakarta.websocket}; all it does is to hand over to {@code server} and
 * {@code session}.
 */
@NullMarked
package org.stampede.websocket;

import org.jspecify.annotations.NullMarked;
