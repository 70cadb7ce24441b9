package org.stampede.stomp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames from the octets of one direction of a connection (STOMP 1.2, section Augmented BNF), however they are cut
 * into pieces: a frame may come in many, and many in one. End-of-lines between frames are skipped; they are heart-beats.
 *
 * <p>The parser learns the version from the frame that settles it, the first CONNECT (the highest version on offer) or
 * CONNECTED, and from then on reads line ends, escapes and padding as that version has them. Frames before that are left as
 * they are on the wire, see {@link FrameBatch#readAs}: a connection may have two parsers, one of which never sees CONNECT.
 * After a fault nothing more is read.
 *
 * <p>Not thread-safe.
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

    private static final int NUL = 0;
    private static final int LF = '\n';
    private static final int CR = '\r';
    private static final int COLON = ':';
    /** Room for the headers of nearly all frames. */
    private static final int FEW_ENTRIES = 16;

    private final FrameLimits limits;
    /** Reads most frames. */
    private final WholeFrameReader whole;

    private State state = State.BETWEEN_FRAMES;
    /** Null until CONNECT or CONNECTED told. */
    private @Nullable StompVersion version;
    /** The same, for batches. */
    private Optional<StompVersion> versionOfBatches = Optional.empty();
    /** Whether a frame was left as it is on the wire. */
    private boolean hasLeftRaw;
    /** Over all frames. */
    private long octetsRead;
    /** The part of a line, or of a body, that earlier pieces brought. */
    private final Gathered gathered = new Gathered();

    /** What this read has completed so far; modifiable if there are several, as is rare. */
    private List<Frame> frames = List.of();

    // The frame that is being read.
    private Command command = Command.SEND;
    /** Name, value, name, value, and so on. */
    private String[] entries = new String[FEW_ENTRIES];

    private int entriesLength;
    private long octetsOfFrame;
    private int bodyLength;

    /**
     * A parser at the beginning of a connection.
     *
     * @param limits how large a frame may be
     */
    public FrameParser(FrameLimits limits) {
        this.limits = limits;
        this.whole = new WholeFrameReader(limits);
    }

    /** A parser in the midst of a connection whose version is known. */
    FrameParser(FrameLimits limits, StompVersion version) {
        this(limits);
        this.version = version;
        this.versionOfBatches = Optional.of(version);
    }

    /** How many octets were read so far, in all. */
    public long octetsRead() {
        return octetsRead;
    }

    /** The frames that a text message completes. */
    public FrameBatch parse(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        return parse(octets, 0, octets.length, true);
    }

    /** The frames that a piece of input completes; the buffer is read to its end. */
    public FrameBatch parse(ByteBuffer input) {
        int length = input.remaining();
        if (input.hasArray()) {
            int from = input.arrayOffset() + input.position();
            input.position(input.limit());
            return parse(input.array(), from, from + length, false);
        }
        byte[] octets = new byte[length];
        input.get(octets);
        return parse(octets, 0, length, true);
    }

    private FrameBatch parse(byte[] input, int from, int end, boolean kept) {
        octetsRead += end - from;
        if (state == State.FAILED) {
            return FrameBatch.EMPTY;
        }
        try {
            int at = from;
            while (at < end) {
                at = switch (state) {
                    case BETWEEN_FRAMES -> beginFrame(input, at, end, kept);
                    case COMMAND, HEADERS -> readLine(input, at, end);
                    case COUNTED_BODY -> readCountedBody(input, at, end);
                    case OPEN_BODY -> readOpenBody(input, at, end);
                    case FAILED -> end;
                };
            }
        } catch (StompException fault) {
            state = State.FAILED;
            gathered.clear();
            takeEntries();
            return takeFrames(Optional.of(fault));
        }
        return frames.isEmpty() ? FrameBatch.EMPTY : takeFrames(Optional.empty());
    }

    private FrameBatch takeFrames(Optional<StompException> fault) {
        List<Frame> taken = frames;
        frames = List.of();
        return new FrameBatch(taken, fault, versionOfBatches);
    }

    /** STOMP 1.2 has the only end-of-lines with a CR; between frames nobody is harmed when any version may have it. */
    private int beginFrame(byte[] input, int at, int end, boolean kept) {
        if (input[at] == LF || input[at] == CR) {
            return at + 1;
        }
        if (frames.size() >= limits.frames()) {
            throw limits.framesExceeded();
        }
        Frame frame = version == null || version == StompVersion.V1_0 ? null : whole.read(input, at, end, kept);
        if (frame != null) {
            complete(frame);
            return whole.end();
        }
        octetsOfFrame = 0;
        state = State.COMMAND;
        return at;
    }

    private int readLine(byte[] input, int at, int end) {
        int stop = Octets.indexOfEither(LF, NUL, input, at, end);
        // One more than the limit, for the CR that is no part of the line.
        admit(stop - at, limits.headerLine() + 1L, FrameLimits::headerLineExceeded);
        if (stop == end) {
            gathered.add(input, at, end);
            return end;
        }
        if (input[stop] == NUL) {
            throw new MalformedFrameException(
                    "The frame ended before its headers did: an empty line must precede the body and the NUL.");
        }
        count(1);
        if (gathered.length() == 0) {
            endLine(input, at, stop);
        } else {
            gathered.add(input, at, stop);
            endLine(gathered.octets(), 0, gathered.length());
            gathered.clear();
        }
        return stop + 1;
    }

    /**
     * Counts a piece of a line or of a body, and refuses it at the first octet that is too many for that part or for the
     * frame. So the fault is the same however the input was cut.
     */
    private void admit(int piece, long partLimit, Function<FrameLimits, LimitExceededException> partExceeded) {
        long room = partLimit - gathered.length();
        count(Math.min(piece, room + 1));
        if (piece > room) {
            throw partExceeded.apply(limits);
        }
    }

    private void count(long octets) {
        octetsOfFrame += octets;
        if (octetsOfFrame > limits.frame()) {
            throw limits.frameExceeded();
        }
    }

    private void endLine(byte[] line, int from, int to) {
        int end = carriageReturnEndsLine() && to > from && line[to - 1] == CR ? to - 1 : to;
        if (end - from > limits.headerLine()) {
            throw limits.headerLineExceeded();
        }
        if (state == State.COMMAND) {
            Command known = KnownNames.command(line, from, end);
            command = known == null ? unknown(line, from, end) : known;
            state = State.HEADERS;
        } else if (end == from) {
            endHeaders();
        } else {
            endHeader(line, from, isLeftRaw() ? to : end);
        }
    }

    /** A client may speak 1.2 until it says otherwise. */
    private boolean carriageReturnEndsLine() {
        return version == null || version == StompVersion.V1_2;
    }

    private static Command unknown(byte[] line, int from, int end) {
        throw new MalformedFrameException("The command " + Quoted.of(decode(line, from, end))
                + " is unknown; the commands of STOMP are in upper case.");
    }

    private void endHeader(byte[] line, int from, int to) {
        if (entriesLength / 2 >= limits.headers()) {
            throw limits.headersExceeded();
        }
        int colon = Octets.indexOf(COLON, line, from, to);
        if (colon == from || colon == to) {
            throw new MalformedFrameException(
                    "The header line " + Quoted.of(decode(line, from, to)) + " must be a name, a colon, and a value.");
        }
        String name = KnownNames.header(line, from, colon);
        addEntry(name == null ? unescape(decode(line, from, colon)) : name, value(line, colon + 1, to));
    }

    private void addEntry(String name, String value) {
        if (entriesLength == entries.length) {
            entries = Arrays.copyOf(entries, 2 * entriesLength);
        }
        entries[entriesLength++] = name;
        entries[entriesLength++] = value;
    }

    /** What was gathered, which is then forgotten. */
    private String[] takeEntries() {
        String[] taken = Arrays.copyOf(entries, entriesLength);
        entries = entries.length == FEW_ENTRIES ? entries : new String[FEW_ENTRIES];
        Arrays.fill(entries, 0, Math.min(entriesLength, FEW_ENTRIES), null);
        entriesLength = 0;
        return taken;
    }

    private String value(byte[] line, int from, int to) {
        return Octets.isPlain(line, from, to)
                ? new String(line, from, to - from, StandardCharsets.ISO_8859_1)
                : unescape(decode(line, from, to));
    }

    private static String decode(byte[] octets, int from, int to) {
        try {
            return Utf8.decode(octets, from, to);
        } catch (CharacterCodingException e) {
            throw new MalformedFrameException("The command and the headers must be UTF-8.");
        }
    }

    /** Whether the frame that is being read is for somebody else to understand, who knows the version. */
    private boolean isLeftRaw() {
        return version == null && command.escapesHeaders();
    }

    private String unescape(String raw) {
        if (isLeftRaw()) {
            return raw;
        }
        return HeaderCodec.read(raw, command, version == null ? StompVersion.V1_2 : version);
    }

    private void endHeaders() {
        learnVersion();
        if (version == StompVersion.V1_0) {
            HeaderCodec.trim(Arrays.asList(entries).subList(0, entriesLength));
        }
        int contentLength = entryOf("content-length");
        if (contentLength >= 0) {
            String text = entries[contentLength + 1];
            bodyLength = parseContentLength(isLeftRaw() ? text.trim() : text);
            state = State.COUNTED_BODY;
        } else {
            state = State.OPEN_BODY;
        }
    }

    /** Who has left frames as they are goes on so: whoever reads them must not meet both kinds. */
    private void learnVersion() {
        if (hasLeftRaw || version != null) {
            return;
        }
        if (command.opensConnection()) {
            version = StompVersion.negotiate(firstEntry("accept-version")).orElse(StompVersion.V1_2);
        } else if (command == Command.CONNECTED) {
            version = firstEntry("version").flatMap(StompVersion::ofNumber).orElse(StompVersion.V1_0);
        }
        versionOfBatches = Optional.ofNullable(version);
    }

    private Optional<String> firstEntry(String name) {
        int entry = entryOf(name);
        return entry < 0 ? Optional.empty() : Optional.of(entries[entry + 1]);
    }

    private int entryOf(String name) {
        for (int i = 0; i < entriesLength; i += 2) {
            if (entries[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private int parseContentLength(String value) {
        int length = Decimal.parse(value)
                .orElseThrow(() -> new MalformedFrameException(
                        "The content-length " + Quoted.of(value) + " must be a number of octets."));
        if (length > 0) {
            refuseForbiddenBody();
        }
        if (length > limits.body()) {
            throw limits.bodyExceeded();
        }
        return length;
    }

    private void refuseForbiddenBody() {
        if (!isLeftRaw()) {
            HeaderCodec.refuseForbiddenBody(command, version == null ? StompVersion.V1_2 : version);
        }
    }

    private int readCountedBody(byte[] input, int at, int end) {
        int stop = at + Math.min(end - at, bodyLength - gathered.length());
        admit(stop - at, limits.body(), FrameLimits::bodyExceeded);
        if (stop < end && input[stop] != NUL) {
            throw new MalformedFrameException(
                    "A NUL must follow the " + bodyLength
                            + " octets of the body that content-length announced; content-length counts octets, not characters.");
        }
        return endPiece(input, at, stop, end);
    }

    private int readOpenBody(byte[] input, int at, int end) {
        int stop = Octets.indexOf(NUL, input, at, end);
        if (stop > at) {
            refuseForbiddenBody();
        }
        admit(stop - at, limits.body(), FrameLimits::bodyExceeded);
        return endPiece(input, at, stop, end);
    }

    /** Ends the frame if the piece of its body stops at the NUL, not at the end of the input. */
    private int endPiece(byte[] input, int at, int stop, int end) {
        if (stop == end) {
            gathered.add(input, at, end);
            return end;
        }
        count(1);
        complete(endFrame(input, at, stop));
        return stop + 1;
    }

    private void complete(Frame frame) {
        if (frames.isEmpty()) {
            frames = List.of(frame);
            return;
        }
        if (frames.size() == 1) {
            frames = new ArrayList<>(frames);
        }
        frames.add(frame);
    }

    private Frame endFrame(byte[] input, int from, int to) {
        byte[] body;
        if (gathered.length() == 0) {
            body = Arrays.copyOfRange(input, from, to);
        } else {
            gathered.add(input, from, to);
            body = Arrays.copyOf(gathered.octets(), gathered.length());
            gathered.clear();
        }
        var headers = Headers.owning(takeEntries());
        state = State.BETWEEN_FRAMES;
        hasLeftRaw |= isLeftRaw();
        return command.mayHaveBody() || isLeftRaw() ? Frame.owning(command, headers, body) : Frame.of(command, headers);
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
