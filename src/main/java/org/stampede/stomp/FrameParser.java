package org.stampede.stomp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames from the octets of one direction of a connection (STOMP 1.2, section Augmented BNF), however they are cut
 * into pieces: a frame may come in many, and many in one. End-of-lines between frames are skipped; they are heart-beats.
 *
 * <p>The parser learns the version from the frame that settles it, the first CONNECT (the highest version on offer) or
 * CONNECTED, and from then on reads line ends, escapes and padding as that version has them. After a fault it reads nothing more.
 *
 * <p>Not thread-safe, but for {@link #limits(FrameLimits)}.
 */
public final class FrameParser {

    private enum State {
        BETWEEN_FRAMES,
        COMMAND,
        HEADERS,
        COUNTED_BODY,
        OPEN_BODY,
        FAILED
    }

    private static final int LF = '\n';
    private static final int CR = '\r';

    private volatile FrameLimits limits;
    private State state = State.BETWEEN_FRAMES;
    /** Null until CONNECT or CONNECTED told. */
    private @Nullable StompVersion version;
    /** The part of a line, or of a body, that earlier pieces brought. */
    private final Gathered gathered = new Gathered();

    // The frame that is being read.
    private Command command = Command.SEND;
    private final List<String> entries = new ArrayList<>();
    private int octetsRead;
    private int bodyLength;

    /**
     * A parser at the beginning of a connection.
     *
     * @param limits how large a frame may be
     */
    public FrameParser(FrameLimits limits) {
        this.limits = limits;
    }

    /** From the next line or piece of a body on, these limits hold. May be called by any thread. */
    public void limits(FrameLimits newLimits) {
        limits = newLimits;
    }

    /** The frames that a text message completes. */
    public FrameBatch parse(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        return parse(octets, octets.length);
    }

    /** The frames that a piece of input completes; the buffer is read to its end. */
    public FrameBatch parse(ByteBuffer input) {
        byte[] octets = new byte[input.remaining()];
        input.get(octets);
        return parse(octets, octets.length);
    }

    private FrameBatch parse(byte[] input, int end) {
        if (state == State.FAILED) {
            return FrameBatch.EMPTY;
        }
        var frames = new ArrayList<Frame>(1);
        try {
            int at = 0;
            while (at < end) {
                at = switch (state) {
                    case BETWEEN_FRAMES -> skipEndOfLine(input, at);
                    case COMMAND, HEADERS -> readLine(input, at, end);
                    case COUNTED_BODY -> readCountedBody(input, at, end, frames);
                    case OPEN_BODY -> readOpenBody(input, at, end, frames);
                    case FAILED -> end;
                };
            }
        } catch (StompException fault) {
            state = State.FAILED;
            gathered.clear();
            entries.clear();
            return new FrameBatch(frames, Optional.of(fault));
        }
        return frames.isEmpty() ? FrameBatch.EMPTY : new FrameBatch(frames, Optional.empty());
    }

    private int skipEndOfLine(byte[] input, int at) {
        if (input[at] == LF || input[at] == CR) {
            return at + 1;
        }
        octetsRead = 0;
        entries.clear();
        state = State.COMMAND;
        return at;
    }

    private int readLine(byte[] input, int at, int end) {
        int lineEnd = indexOf((byte) LF, input, at, end);
        int piece = (lineEnd < 0 ? end : lineEnd) - at;
        // One more than the limit, for the CR that is no part of the line.
        if (gathered.length() + piece > limits.headerLine() + 1L) {
            throw limits.headerLineExceeded();
        }
        count(lineEnd < 0 ? piece : piece + 1);
        if (lineEnd < 0) {
            refuseNul(input, at, end);
            gathered.add(input, at, end);
            return end;
        }
        refuseNul(input, at, lineEnd);
        if (gathered.length() == 0) {
            endLine(input, at, lineEnd);
        } else {
            gathered.add(input, at, lineEnd);
            endLine(gathered.octets(), 0, gathered.length());
            gathered.clear();
        }
        return lineEnd + 1;
    }

    private static void refuseNul(byte[] input, int from, int to) {
        if (indexOf((byte) 0, input, from, to) >= 0) {
            throw new MalformedFrameException(
                    "The frame ended before its headers did: an empty line must precede the body and the NUL.");
        }
    }

    private void endLine(byte[] line, int from, int to) {
        boolean carriageReturnEndsLine = version == null || version == StompVersion.V1_2;
        int lineEnd = carriageReturnEndsLine && to > from && line[to - 1] == CR ? to - 1 : to;
        if (lineEnd - from > limits.headerLine()) {
            throw limits.headerLineExceeded();
        }
        String text = HeaderCodec.decode(line, from, lineEnd);
        if (state == State.COMMAND) {
            command = Command.of(text)
                    .orElseThrow(() -> new MalformedFrameException("The command " + Quoted.of(text)
                            + " is unknown; the commands of STOMP are in upper case."));
            state = State.HEADERS;
        } else if (text.isEmpty()) {
            endHeaders();
        } else {
            endHeader(text);
        }
    }

    private void endHeader(String line) {
        if (entries.size() / 2 >= limits.headers()) {
            throw limits.headersExceeded();
        }
        int colon = line.indexOf(':');
        if (colon <= 0) {
            throw new MalformedFrameException(
                    "The header line " + Quoted.of(line) + " must be a name, a colon, and a value.");
        }
        entries.add(unescape(line.substring(0, colon)));
        entries.add(unescape(line.substring(colon + 1)));
    }

    private String unescape(String raw) {
        return command.escapesHeaders() ? HeaderCodec.unescape(raw, knownVersion()) : raw;
    }

    private StompVersion knownVersion() {
        return version == null ? StompVersion.V1_2 : version;
    }

    private void endHeaders() {
        learnVersion();
        if (version == StompVersion.V1_0) {
            entries.replaceAll(String::strip);
        }
        Optional<String> contentLength = firstEntry("content-length");
        if (contentLength.isPresent()) {
            bodyLength = parseContentLength(contentLength.get());
            if (bodyLength > limits.body()) {
                throw limits.bodyExceeded();
            }
            state = State.COUNTED_BODY;
        } else {
            state = State.OPEN_BODY;
        }
    }

    private void learnVersion() {
        if (version == null && command.opensConnection()) {
            version = StompVersion.negotiate(firstEntry("accept-version")).orElse(StompVersion.V1_2);
        } else if (version == null && command == Command.CONNECTED) {
            version = firstEntry("version").flatMap(StompVersion::ofNumber).orElse(StompVersion.V1_0);
        }
    }

    private Optional<String> firstEntry(String name) {
        for (int i = 0; i < entries.size(); i += 2) {
            if (entries.get(i).equals(name)) {
                return Optional.of(entries.get(i + 1));
            }
        }
        return Optional.empty();
    }

    private static int parseContentLength(String value) {
        boolean digits =
                !value.isEmpty() && value.length() <= 18 && value.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits) {
            throw new MalformedFrameException(
                    "The content-length " + Quoted.of(value) + " must be a number of octets.");
        }
        return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(value));
    }

    private int readCountedBody(byte[] input, int at, int end, List<Frame> frames) {
        int missing = bodyLength - gathered.length();
        if (missing > 0 && end - at <= missing) {
            gather(input, at, end);
            return end;
        }
        if (input[at + missing] != 0) {
            throw new MalformedFrameException(
                    "A NUL must follow the " + bodyLength
                            + " octets of the body that content-length announced; content-length counts octets, not characters.");
        }
        endFrame(input, at, at + missing, frames);
        return at + missing + 1;
    }

    private int readOpenBody(byte[] input, int at, int end, List<Frame> frames) {
        int bodyEnd = indexOf((byte) 0, input, at, end);
        if (bodyEnd < 0) {
            gather(input, at, end);
            return end;
        }
        endFrame(input, at, bodyEnd, frames);
        return bodyEnd + 1;
    }

    private void gather(byte[] input, int from, int to) {
        checkBody(to - from);
        gathered.add(input, from, to);
    }

    private void endFrame(byte[] input, int from, int to, List<Frame> frames) {
        checkBody(to - from);
        byte[] body;
        if (gathered.length() == 0) {
            body = Arrays.copyOfRange(input, from, to);
        } else {
            gathered.add(input, from, to);
            body = Arrays.copyOf(gathered.octets(), gathered.length());
            gathered.clear();
        }
        var headers = Headers.of(entries.toArray(String[]::new));
        // STOMP 1.0 ignores such a body, later versions forbid it.
        frames.add(command.mayHaveBody() ? Frame.owning(command, headers, body) : Frame.of(command, headers));
        state = State.BETWEEN_FRAMES;
    }

    private void checkBody(int piece) {
        int length = gathered.length() + piece;
        if (length > 0 && !command.mayHaveBody() && version != StompVersion.V1_0) {
            throw new MalformedFrameException("A frame " + command + " must not have a body.");
        }
        if (length > limits.body()) {
            throw limits.bodyExceeded();
        }
        count(piece);
    }

    private void count(int octets) {
        octetsRead += octets;
        if (octetsRead > limits.frame()) {
            throw limits.frameExceeded();
        }
    }

    private static int indexOf(byte wanted, byte[] octets, int from, int to) {
        for (int i = from; i < to; i++) {
            if (octets[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** Octets gathered over several pieces of input; holds no memory between frames. Not thread-safe. */
    private static final class Gathered {

        private static final byte[] NOTHING = {};

        private byte[] octets = NOTHING;
        private int length;

        int length() {
            return length;
        }

        byte[] octets() {
            return octets;
        }

        void add(byte[] source, int from, int to) {
            int needed = length + to - from;
            if (needed > octets.length) {
                octets = Arrays.copyOf(octets, Math.max(needed, 2 * octets.length));
            }
            System.arraycopy(source, from, octets, length, to - from);
            length = needed;
        }

        void clear() {
            octets = NOTHING;
            length = 0;
        }
    }
}
