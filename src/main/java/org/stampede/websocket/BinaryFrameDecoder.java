package org.stampede.websocket;

import jakarta.websocket.Decoder;
import java.nio.ByteBuffer;
import org.stampede.stomp.FrameParser;

/** Reads frames from binary messages, as {@link TextFrameDecoder} does from text. Not thread-safe, as that. */
public final class BinaryFrameDecoder implements Decoder.Binary<BinaryBatch> {

    private final FrameParser parser = ServerLookup.newParser();

    @Override
    public boolean willDecode(ByteBuffer message) {
        return true;
    }

    @Override
    public BinaryBatch decode(ByteBuffer message) {
        long before = parser.octetsRead();
        return new BinaryBatch(parser.parse(message), parser.octetsRead() - before);
    }
}
