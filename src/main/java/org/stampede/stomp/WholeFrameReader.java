package org.stampede.stomp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a frame that lies whole in one piece of input and has nothing unusual, as nearly all frames do: no fault, no limit
 * exceeded, no escape, CR or other than ASCII in its head. Anything else is left to {@link FrameParser}, which would read these
 * frames as well, only slower. So nothing here is a fault, and no text of one is here.
 *
 * <p>The version must be known, and not be 1.0, which has padding. Not thread-safe.
 */
final class WholeFrameReader {

    private static final int UNKNOWN = -1;
    /** Room for a few more headers. */
    private static final int FEW_ENTRIES = 8;

    private final FrameLimits limits;
    /** Behind the frame that was read last. */
    private int end;
    /** How many names and values the frame before had: the next one often has as many. */
    private int usualEntries;

    // Of the frame that is being read. No references, since storing one in what lives as long as a connection costs
    // more.
    private int bodyBegin;
    /** As content-length has it. */
    private int bodyLength;

    WholeFrameReader(FrameLimits limits) {
        this.limits = limits;
    }

    /** Where the frame ends that was read last, behind its NUL. */
    int end() {
        return end;
    }

    /**
     * Reads the frame that begins there.
     *
     * @param from where the frame begins
     * @param to   the end of the input
     * @param kept whether the frame may keep the input, which nobody will change
     * @return null if the frame is not for this reader
     */
    @Nullable
    Frame read(byte[] input, int from, int to, boolean kept) {
        KnownNames.Name name = KnownNames.before('\n', input, from, to);
        if (name == null || name.length() > limits.headerLine()) {
            return null;
        }
        Command command = name.command();
        if (command == null) {
            return null;
        }
        Headers headers = readHeaders(input, from + name.length() + 1, to);
        if (headers == null || !findEnd(input, from, to)) {
            return null;
        }
        int bodyEnd = end - 1;
        if (bodyEnd == bodyBegin) {
            return Frame.of(command, headers);
        }
        if (!command.mayHaveBody()) {
            return null;
        }
        return kept && isMostOf(input)
                ? Frame.owning(command, headers, input, bodyBegin, bodyEnd)
                : Frame.owning(command, headers, Arrays.copyOfRange(input, bodyBegin, bodyEnd));
    }

    /** Reads up to the empty line. */
    private @Nullable Headers readHeaders(byte[] input, int from, int to) {
        bodyLength = UNKNOWN;
        var entries = new String[usualEntries];
        int length = 0;
        int at = from;
        while (at < to && input[at] != '\n') {
            KnownNames.Name known = KnownNames.before(':', input, at, to);
            int colon = known == null ? Octets.indexOfEither(':', '\n', input, at, to) : at + known.length();
            int lineEnd = Octets.endOfPlain(input, Math.min(colon + 1, to), to);
            if (lineEnd == to
                    || input[lineEnd] != '\n'
                    || lineEnd - at > limits.headerLine()
                    || length / 2 == limits.headers()
                    || known == null && !isPlainName(input, at, colon)) {
                return null;
            }
            String often = known == null ? null : known.value(input, colon + 1, lineEnd);
            String value = often == null ? text(input, colon + 1, lineEnd) : often;
            if (known == KnownNames.CONTENT_LENGTH && bodyLength == UNKNOWN) {
                bodyLength = Decimal.parse(value).orElse(UNKNOWN);
                if (bodyLength == UNKNOWN) {
                    return null;
                }
            }
            if (length == entries.length) {
                entries = Arrays.copyOf(entries, length + FEW_ENTRIES);
            }
            entries[length++] = known == null ? text(input, at, colon) : known.text();
            entries[length++] = value;
            at = lineEnd + 1;
        }
        bodyBegin = at + 1;
        usualEntries = length;
        return Headers.owning(length == entries.length ? entries : Arrays.copyOf(entries, length));
    }

    private static boolean isPlainName(byte[] input, int from, int colon) {
        return colon > from && input[colon] == ':' && Octets.endOfPlain(input, from, colon) == colon;
    }

    private static String text(byte[] ascii, int from, int to) {
        return new String(ascii, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** Whether the NUL is where it must be, and body and frame are within their limits. */
    private boolean findEnd(byte[] input, int from, int to) {
        if (bodyBegin >= to) {
            return false;
        }
        int nul = bodyLength == UNKNOWN
                ? Octets.indexOf('\0', input, bodyBegin, to)
                : bodyBegin + Math.min(bodyLength, to - bodyBegin);
        end = nul + 1;
        return nul < to && input[nul] == '\0' && nul - bodyBegin <= limits.body() && end - from <= limits.frame();
    }

    /** Whether a frame that keeps the input does not hold much more memory than its body needs. */
    private boolean isMostOf(byte[] input) {
        int bodyOctets = end - 1 - bodyBegin;
        return bodyOctets >= input.length - bodyOctets;
    }
}
