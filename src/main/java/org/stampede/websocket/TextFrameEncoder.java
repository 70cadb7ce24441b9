package org.stampede.websocket;

import jakarta.websocket.Encoder;
import org.stampede.stomp.FrameWriter;

/** Writes frames into a text message; no frames make an end-of-line, the heart-beat. Stateless. */
public final class TextFrameEncoder implements Encoder.Text<OutgoingText> {

    @Override
    public String encode(OutgoingText outgoing) {
        return outgoing.frames().isEmpty() ? "\n" : FrameWriter.text(outgoing.frames(), outgoing.version());
    }
}
