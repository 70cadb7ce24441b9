package org.stampede.stomp;

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
            String body = Utf8.decode(frame.rawBody(), 0, frame.bodyLength());
            return Optional.of(head(frame, version).append(body).append('\0').toString());
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
        StompVersion escapes = frame.command().escapesHeaders() ? version : StompVersion.V1_0;
        frame.headers().forEach((name, value) -> {
            if (isWritable(name, escapes)) {
                HeaderCodec.append(out, name, escapes);
                out.append(':');
                HeaderCodec.append(out, value, escapes);
                out.append('\n');
            }
        });
        if (frame.bodyLength() > 0) {
            out.append(CONTENT_LENGTH).append(':').append(frame.bodyLength()).append('\n');
        }
        return out.append('\n');
    }

    /** A blank name is none, and one with a colon would pass for another where there are no escapes: both are left out. */
    private static boolean isWritable(String name, StompVersion escapes) {
        return !name.equals(CONTENT_LENGTH)
                && !name.trim().isEmpty()
                && (escapes != StompVersion.V1_0 || name.indexOf(':') < 0);
    }
}
