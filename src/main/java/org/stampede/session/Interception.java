package org.stampede.session;

import java.util.Optional;
import org.stampede.security.Peer;
import org.stampede.stomp.Frame;

/** What the application does to frames on their way, each of which it may change or refuse. Thread-safe. */
public interface Interception {

    /** The application lets every frame pass. */
    Interception NONE = new Interception() {
        @Override
        public Frame inbound(Frame frame, Peer peer) {
            return frame;
        }

        @Override
        public Optional<Frame> outbound(Frame frame, Peer peer) {
            return Optional.of(frame);
        }
    };

    /**
     * A frame was received, and the session has not acted on it. Called from the session's Inbox.
     *
     * @return what the session is to act on
     * @throws PolicyException if the application refuses the frame
     */
    Frame inbound(Frame frame, Peer peer);

    /**
     * A frame is to be sent. Called from any thread; must not block.
     *
     * @return what is sent, empty for nothing; nothing is thrown
     */
    Optional<Frame> outbound(Frame frame, Peer peer);
}
