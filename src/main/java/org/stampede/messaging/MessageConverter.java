package org.stampede.messaging;

/**
 * Turns bodies of messages into payloads, and payloads into bodies. Every CDI bean of this type takes part: of those that can,
 * the one with the least {@link jakarta.annotation.Priority} (2500 if it has none) converts. Behind them all come the built-in ones:
 * {@code byte[]} and {@code String} as they are, and everything else by Jakarta JSON Binding.
 *
 * <p>Content types are as in the {@code content-type} header, parameters and all, and empty where there is no such header.
 * Implementations are thread-safe. They are made when the application starts and live as long as it does; what they inject
 * should be of application scope.
 */
public interface MessageConverter {

    /**
     * What it writes.
     *
     * @return the {@code content-type} header of messages to which their sender gives none
     */
    String contentType();

    /**
     * Whether it reads bodies of this content type as payloads of this type.
     *
     * @param type        what the handler observes
     * @param contentType of the SEND frame, or empty
     * @return whether {@link #read} may be called
     */
    boolean canRead(Class<?> type, String contentType);

    /**
     * Reads a body.
     *
     * @param body        the octets
     * @param type        what the handler observes
     * @param contentType of the SEND frame, or empty
     * @return an instance of the type, yet to be validated
     * @throws UnreadablePayloadException if the body is not what it should be, which the sender is told; any other exception counts
     *     as a failure of the server
     */
    Object read(byte[] body, Class<?> type, String contentType);

    /**
     * Whether it writes payloads of this class as this content type.
     *
     * @param type        the class of the payload
     * @param contentType that the message is to have, or empty
     * @return whether {@link #write} may be called
     */
    boolean canWrite(Class<?> type, String contentType);

    /**
     * Writes a payload.
     *
     * @param payload     what is sent
     * @param contentType that the message is to have, or empty: then it will have {@link #contentType()}
     * @return the octets of the body
     */
    byte[] write(Object payload, String contentType);
}
