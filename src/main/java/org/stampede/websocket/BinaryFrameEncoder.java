package org.stampede.websocket;

import jakarta.websocket.Encoder;
import java.nio.ByteBuffer;
import org.stampede.stomp.FrameWriter;

/** Writes frames into a binary message; no frames make an end-of-line, the heart-beat. Stateless. */
public final class BinaryFrameEncoder implements Encoder.Binary<OutgoingBinary> {

    @Override
    public ByteBuffer encode(OutgoingBinary outgoing) {
        return ByteBuffer.wrap(
                outgoing.frames().isEmpty()
                        ? new byte[] {'\n'}
                        : FrameWriter.octets(outgoing.frames(), outgoing.version()));
    }
}
