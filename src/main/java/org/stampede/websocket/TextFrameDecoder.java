package org.stampede.websocket;

import jakarta.websocket.Decoder;
import org.stampede.stomp.FrameParser;

/**
 * Reads frames from text messages. The container makes one for each connection, so that a frame may come in several messages,
 * and several frames in one. What cannot be read is told in the batch: containers differ in what they do after an exception.
 *
 * <p>Not thread-safe: a connection's messages come one at a time.
 */
public final class TextFrameDecoder implements Decoder.Text<TextBatch> {

    private final FrameParser parser = ServerLookup.newParser();

    @Override
    public boolean willDecode(String message) {
        return true;
    }

    @Override
    public TextBatch decode(String message) {
        long before = parser.octetsRead();
        return new TextBatch(parser.parse(message), parser.octetsRead() - before);
    }
}
