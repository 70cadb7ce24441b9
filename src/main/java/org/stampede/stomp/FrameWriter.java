package org.stampede.stomp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Turns frames into text or octets. A frame with a body gets a {@code content-length}, counted here and in octets (STOMP
 * 1.2, section Header content-length), whatever its headers say. Stateless, hence thread-safe.
 */
public final class FrameWriter {

    private static final String CONTENT_LENGTH = "content-length";

    private FrameWriter() {}

    /**
     * The frame as text, with its final NUL.
     *
     * @return empty if the body is not UTF-8, so that the frame can only travel as octets
     */
    public static Optional<String> text(Frame frame, StompVersion version) {
        try {
            var head = head(frame, version);
            if (frame.bodyLength() > 0) {
                head.append(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(frame.rawBody())));
            }
            return Optional.of(head.append('\0').toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Appends the frame as text, with its final NUL; the body must be UTF-8, see {@link Frame#hasTextBody}. */
    public static void appendText(StringBuilder out, Frame frame, StompVersion version) {
        out.append(head(frame, version)).append(frame.bodyText()).append('\0');
    }

    /** The frame as octets, with its final NUL. */
    public static byte[] octets(Frame frame, StompVersion version) {
        byte[] head = head(frame, version).toString().getBytes(StandardCharsets.UTF_8);
        byte[] body = frame.rawBody();
        byte[] octets = Arrays.copyOf(head, head.length + body.length + 1);
        System.arraycopy(body, 0, octets, head.length, body.length);
        return octets;
    }

    private static StringBuilder head(Frame frame, StompVersion version) {
        var out = new StringBuilder(256).append(frame.command().name()).append('\n');
        boolean escaping = version != StompVersion.V1_0 && frame.command().escapesHeaders();
        frame.headers().forEach((name, value) -> {
            if (escaping) {
                appendEscaped(out, name, value, version);
            } else {
                appendPlain(out, name, value);
            }
        });
        if (frame.bodyLength() > 0) {
            out.append(CONTENT_LENGTH).append(':').append(frame.bodyLength()).append('\n');
        }
        return out.append('\n');
    }

    private static void appendEscaped(StringBuilder out, String name, String value, StompVersion version) {
        if (!name.equals(CONTENT_LENGTH)) {
            HeaderCodec.escape(out, name, version);
            out.append(':');
            HeaderCodec.escape(out, value, version);
            out.append('\n');
        }
    }

    /** A name with a colon has no form without escapes, and would pass for another name: such an entry is left out. */
    private static void appendPlain(StringBuilder out, String name, String value) {
        if (!name.equals(CONTENT_LENGTH) && name.indexOf(':') < 0) {
            HeaderCodec.append(out, name);
            out.append(':');
            HeaderCodec.append(out, value);
            out.append('\n');
        }
    }
}
