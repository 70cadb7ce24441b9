package org.stampede.websocket;

import jakarta.websocket.Encoder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.stampede.stomp.FrameWriter;

/** Writes frames into a binary message; no frames make an end-of-line, the heart-beat. Stateless. */
public final class BinaryFrameEncoder implements Encoder.Binary<OutgoingBinary> {

    @Override
    public ByteBuffer encode(OutgoingBinary outgoing) {
        if (outgoing.frames().isEmpty()) {
            return ByteBuffer.wrap(new byte[] {'\n'});
        }
        var message = new ByteArrayOutputStream();
        outgoing.frames().forEach(frame -> message.writeBytes(FrameWriter.octets(frame, outgoing.version())));
        return ByteBuffer.wrap(message.toByteArray());
    }
}
