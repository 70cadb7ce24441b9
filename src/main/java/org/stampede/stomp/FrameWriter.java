package org.stampede.stomp;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Turns frames into text or octets. A frame with a body gets a {@code content-length}, counted here and in octets (STOMP
 * 1.2, section Header content-length), whatever its headers say. Thread-safe.
 */
public final class FrameWriter {

    /**
     * Where a frame is written before it is known how long it gets; what is longer gets an array of its own. An array of the JDK
     * keeps no class loader alive.
     */
    private static final ThreadLocal<byte[]> ROOM = ThreadLocal.withInitial(() -> new byte[4096]);

    private FrameWriter() {}

    /**
     * The frame as text, with its final NUL.
     *
     * @return empty if the body is not UTF-8, so that the frame can only travel as octets
     */
    public static Optional<String> text(Frame frame, StompVersion version) {
        OctetBuffer octets = buffer(frame, version);
        try {
            return Optional.of(Utf8.decode(octets.array(), 0, octets.length()));
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** The frames as one text, each with its final NUL; the bodies must be UTF-8, see {@link Frame#hasTextBody}. */
    public static String text(List<Frame> frames, StompVersion version) {
        WireForms forms = frames.size() == 1 ? frames.get(0).forms() : null;
        return forms == null ? newText(frames, version) : forms.text(version, () -> newText(frames, version));
    }

    private static String newText(List<Frame> frames, StompVersion version) {
        OctetBuffer octets = buffer(frames, version);
        return new String(octets.array(), 0, octets.length(), StandardCharsets.UTF_8);
    }

    /** The frame as octets, with its final NUL. */
    public static byte[] octets(Frame frame, StompVersion version) {
        var head = new OctetBuffer(ROOM.get());
        HeadWriter.append(head, frame, version);
        byte[] octets = Arrays.copyOf(head.array(), head.length() + frame.bodyLength() + 1);
        frame.copyBody(octets, head.length());
        octets[octets.length - 1] = '\0';
        return octets;
    }

    /** The frames as octets, one behind the other, each with its final NUL. */
    public static byte[] octets(List<Frame> frames, StompVersion version) {
        return frames.size() == 1
                ? octets(frames.get(0), version)
                : buffer(frames, version).toArray();
    }

    /** The frame in the room of this thread, good until the next one is written. */
    private static OctetBuffer buffer(Frame frame, StompVersion version) {
        var out = new OctetBuffer(ROOM.get());
        append(out, frame, version);
        return out;
    }

    private static OctetBuffer buffer(List<Frame> frames, StompVersion version) {
        if (frames.size() == 1) {
            return buffer(frames.get(0), version);
        }
        int guess = 0;
        for (Frame frame : frames) {
            guess += HeadWriter.guess(frame);
        }
        var out = new OctetBuffer(guess);
        for (Frame frame : frames) {
            WireForms forms = frame.forms();
            if (forms == null) {
                append(out, frame, version);
            } else {
                out.add(forms.octets(version, () -> octets(frame, version)));
            }
        }
        return out;
    }

    private static void append(OctetBuffer out, Frame frame, StompVersion version) {
        HeadWriter.append(out, frame, version);
        frame.addBody(out);
        out.add('\0');
    }
}
