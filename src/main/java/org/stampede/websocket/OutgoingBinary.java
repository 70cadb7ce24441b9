package org.stampede.websocket;

import java.util.List;
import org.stampede.stomp.Frame;
import org.stampede.stomp.StompVersion;

/**
 * Frames that are to leave as one binary message. Immutable.
 *
 * @param frames  in order; none for a heart-beat
 * @param version whose escapes are used
 */
public record OutgoingBinary(List<Frame> frames, StompVersion version) {}
