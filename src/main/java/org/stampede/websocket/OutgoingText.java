package org.stampede.websocket;

import java.util.List;
import org.stampede.stomp.Frame;
import org.stampede.stomp.StompVersion;

/**
 * Frames that are to leave as one text message. Immutable.
 *
 * @param frames  in order, each with a body of text; none for a heart-beat
 * @param version whose escapes are used
 */
public record OutgoingText(List<Frame> frames, StompVersion version) {}
