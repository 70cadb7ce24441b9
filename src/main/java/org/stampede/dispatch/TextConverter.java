package org.stampede.dispatch;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import org.stampede.messaging.MessageConverter;
import org.stampede.messaging.UnreadablePayloadException;

/** Text as it is, whatever its media type, in the charset of the content type. Thread-safe. */
final class TextConverter implements MessageConverter {

    @Override
    public String contentType() {
        return "text/plain";
    }

    @Override
    public boolean canRead(Class<?> type, String contentType) {
        return type == String.class && ContentType.parse(contentType).isText();
    }

    @Override
    public Object read(byte[] body, Class<?> type, String contentType) {
        return text(body, contentType);
    }

    /**
     * The body as text.
     *
     * @throws UnreadablePayloadException if its octets are none
     */
    static String text(byte[] body, String contentType) {
        Charset charset = charset(contentType);
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            throw new UnreadablePayloadException("The body is not text in " + charset + ".", e);
        }
    }

    @Override
    public boolean canWrite(Class<?> type, String contentType) {
        return CharSequence.class.isAssignableFrom(type)
                && ContentType.parse(contentType).isText();
    }

    @Override
    public byte[] write(Object payload, String contentType) {
        return payload.toString().getBytes(charset(contentType));
    }

    static Charset charset(String contentType) {
        return ContentType.parse(contentType).charset().orElseThrow();
    }
}
