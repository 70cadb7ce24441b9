package org.stampede.websocket;

import org.stampede.stomp.FrameBatch;

/**
 * What a binary message yielded; see {@link TextBatch}. Immutable.
 *
 * @param batch  the frames
 * @param octets how many octets were read
 */
public record BinaryBatch(FrameBatch batch, long octets) {}
