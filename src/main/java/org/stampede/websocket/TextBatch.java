package org.stampede.websocket;

import org.stampede.stomp.FrameBatch;

/**
 * What a text message yielded. A type of its own, unrelated to that for binary messages: not every container can tell two
 * decoders of one type apart. Immutable.
 *
 * @param batch  the frames
 * @param octets how many octets were read
 */
public record TextBatch(FrameBatch batch, long octets) {}
