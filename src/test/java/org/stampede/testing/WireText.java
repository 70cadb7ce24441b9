package org.stampede.testing;

import java.nio.charset.StandardCharsets;
import org.stampede.stomp.Frame;
import org.stampede.stomp.FrameWriter;
import org.stampede.stomp.StompVersion;

/** Frames as they look on the wire, with {@code ^@} for NUL. Stateless. */
public final class WireText {

    private WireText() {}

    /** The text with real NULs. */
    public static String text(String readable) {
        return readable.replace("^@", "\0");
    }

    /** The octets, with real NULs. */
    public static byte[] octets(String readable) {
        return text(readable).getBytes(StandardCharsets.UTF_8);
    }

    /** What the writer makes of a frame, with {@code ^@} for NUL. */
    public static String readable(Frame frame, StompVersion version) {
        return new String(FrameWriter.octets(frame, version), StandardCharsets.UTF_8).replace("\0", "^@");
    }
}
