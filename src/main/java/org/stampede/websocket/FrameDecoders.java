package org.stampede.websocket;

import jakarta.websocket.Decoder;
import jakarta.websocket.EndpointConfig;
import java.util.NoSuchElementException;

/**
 * The decoders of one connection, of the classes that the configuration of the endpoint names. The endpoint feeds them with pieces
 * of messages as they come: a container would feed them with whole messages, which it keeps in memory until then, and not every
 * container bounds that.
 *
 * <p>Not thread-safe: a connection's messages come one at a time.
 *
 * @param text   reads pieces of text messages
 * @param binary reads pieces of binary messages
 */
record FrameDecoders(TextFrameDecoder text, BinaryFrameDecoder binary) {

    static FrameDecoders of(EndpointConfig config) {
        return new FrameDecoders(decoder(config, TextFrameDecoder.class), decoder(config, BinaryFrameDecoder.class));
    }

    private static <T extends Decoder> T decoder(EndpointConfig config, Class<T> wanted) {
        for (Class<? extends Decoder> type : config.getDecoders()) {
            if (wanted.isAssignableFrom(type)) {
                T decoder = newInstance(type.asSubclass(wanted));
                decoder.init(config);
                return decoder;
            }
        }
        throw new NoSuchElementException("The endpoint has no " + wanted.getSimpleName() + ".");
    }

    private static <T> T newInstance(Class<T> type) {
        try {
            return type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be made.", e);
        }
    }
}
