package org.stampede.stomp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one read yielded: zero or more whole frames, then perhaps a fault, behind which nothing more can be read. A batch
 * without frames and fault was a part of a frame, or heart-beats. Immutable.
 *
 * @param frames  the frames, in the order of the wire
 * @param fault   what was wrong with the octets behind the last frame
 * @param version in which the frames were read; empty if the parser did not know, so that they are as on the wire
 */
public record FrameBatch(List<Frame> frames, Optional<StompException> fault, Optional<StompVersion> version) {

    /** Nothing but a part of a frame, or heart-beats. */
    public static final FrameBatch EMPTY = new FrameBatch(List.of(), Optional.empty(), Optional.empty());

    /** Copies the list. */
    public FrameBatch {
        frames = List.copyOf(frames);
    }

    /**
     * The same batch with the line ends, escapes and padding of its headers understood; itself if they were already.
     *
     * @param spoken the version that the connection has agreed upon
     */
    public FrameBatch readAs(StompVersion spoken) {
        if (version.isPresent()) {
            return this;
        }
        var read = new ArrayList<Frame>(frames.size());
        try {
            for (Frame frame : frames) {
                read.add(HeaderCodec.read(frame, spoken));
            }
        } catch (StompException e) {
            return new FrameBatch(read, Optional.of(e), Optional.of(spoken));
        }
        return new FrameBatch(read, fault, Optional.of(spoken));
    }
}
