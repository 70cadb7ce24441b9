package org.stampede.websocket;

import jakarta.websocket.Encoder;
import org.stampede.stomp.FrameWriter;

/** Writes frames into a text message; no frames make an end-of-line, the heart-beat. Stateless. */
public final class TextFrameEncoder implements Encoder.Text<OutgoingText> {

    @Override
    public String encode(OutgoingText outgoing) {
        if (outgoing.frames().isEmpty()) {
            return "\n";
        }
        var message = new StringBuilder();
        outgoing.frames().forEach(frame -> FrameWriter.appendText(message, frame, outgoing.version()));
        return message.toString();
    }
}
