package org.stampede.stomp;

/** Writes what stands before the body of a frame. Stateless. */
final class HeadWriter {

    private static final String CONTENT_LENGTH = "content-length";
    /** Colon and line-feed. */
    private static final int MARKS = 2;

    private HeadWriter() {}

    /** How many octets the frame has: exact if all headers are ASCII and need no escape, else too few. */
    static int guess(Frame frame) {
        Headers headers = frame.headers();
        // A line-feed each behind the command and the headers, and the NUL.
        int octets = frame.command().name().length() + frame.bodyLength() + 3;
        if (frame.bodyLength() > 0) {
            octets += CONTENT_LENGTH.length() + OctetBuffer.digits(frame.bodyLength()) + MARKS;
        }
        for (int i = 0; i < headers.size(); i++) {
            if (!headers.name(i).equals(CONTENT_LENGTH)) {
                octets += headers.name(i).length() + headers.value(i).length() + MARKS;
            }
        }
        return octets;
    }

    /** Appends the command, the headers, and the empty line. */
    static void append(OctetBuffer out, Frame frame, StompVersion version) {
        out.add(KnownNames.line(frame.command()));
        Headers headers = frame.headers();
        StompVersion escapes = frame.command().escapesHeaders() ? version : StompVersion.V1_0;
        for (int i = 0; i < headers.size(); i++) {
            append(out, headers.name(i), headers.value(i), escapes);
        }
        if (frame.bodyLength() > 0) {
            out.add(KnownNames.CONTENT_LENGTH.head());
            out.add(frame.bodyLength());
            out.add('\n');
        }
        out.add('\n');
    }

    private static void append(OctetBuffer out, String name, String value, StompVersion escapes) {
        KnownNames.Name known = KnownNames.header(name);
        if (known == KnownNames.CONTENT_LENGTH) {
            return;
        }
        ShortWord often = null;
        if (known != null) {
            out.add(known.head());
            often = known.value(value);
        } else if (isWritable(name, escapes)) {
            HeaderCodec.append(out, name, escapes);
            out.add(':');
        } else {
            return;
        }
        if (often != null) {
            out.add(often);
        } else {
            HeaderCodec.append(out, value, escapes);
        }
        out.add('\n');
    }

    /** A blank name is none, and one with a colon would pass for another where there are no escapes: both are left out. */
    private static boolean isWritable(String name, StompVersion escapes) {
        return !name.trim().isEmpty() && (escapes != StompVersion.V1_0 || name.indexOf(':') < 0);
    }
}
