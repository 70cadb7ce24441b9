package org.stampede.stomp;

import java.util.List;
import java.util.Optional;

/**
 * What one read yielded: zero or more whole frames, then perhaps a fault, behind which nothing more can be read. A batch
 * without frames and fault was a part of a frame, or heart-beats. Immutable.
 *
 * @param frames the frames, in the order of the wire
 * @param fault  what was wrong with the octets behind the last frame
 */
public record FrameBatch(List<Frame> frames, Optional<StompException> fault) {

    /** Nothing but a part of a frame, or heart-beats. */
    public static final FrameBatch EMPTY = new FrameBatch(List.of(), Optional.empty());

    /** Copies the list. */
    public FrameBatch {
        frames = List.copyOf(frames);
    }
}
