package org.stampede.stomp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A STOMP frame (1.2, section STOMP Frames): a command, headers, and a body of octets. Immutable. */
public final class Frame {

    private static final byte[] EMPTY = {};
    /** About what the objects of a header take besides its text, so that a flood of tiny ones is weighed rightly. */
    private static final int HEADER_OBJECTS = 96;

    private final Command command;
    private final Headers headers;
    /** The body, and perhaps other octets before and behind it. */
    private final byte[] octets;

    private final int bodyBegin;
    private final int bodyLength;
    /** What the frame looks like on the wire; null if it is not to be remembered. */
    private final @Nullable WireForms forms;

    private Frame(Command command, Headers headers, byte[] body) {
        this(command, headers, body, 0, body.length, null);
    }

    private Frame(
            Command command, Headers headers, byte[] octets, int bodyBegin, int bodyLength, @Nullable WireForms forms) {
        this.command = command;
        this.headers = headers;
        this.octets = octets;
        this.bodyBegin = bodyBegin;
        this.bodyLength = bodyLength;
        this.forms = forms;
    }

    /** A frame without a body. */
    public static Frame of(Command command, Headers headers) {
        return new Frame(command, headers, EMPTY);
    }

    /**
     * A frame without a body.
     *
     * @param namesAndValues the headers: name, value, name, value, and so on
     */
    public static Frame of(Command command, String... namesAndValues) {
        return of(command, Headers.of(namesAndValues));
    }

    /** A frame with a body, which is copied. */
    public static Frame of(Command command, Headers headers, byte[] body) {
        return new Frame(command, headers, body.clone());
    }

    /** A frame with a body of UTF-8 text. */
    public static Frame of(Command command, Headers headers, String body) {
        return new Frame(command, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    /** A frame that takes over an array which nobody else will change. */
    static Frame owning(Command command, Headers headers, byte[] body) {
        return new Frame(command, headers, body);
    }

    /**
     * A frame whose body is a part of an array which nobody else will change.
     *
     * @param from where the body begins
     * @param to   its end
     */
    static Frame owning(Command command, Headers headers, byte[] octets, int from, int to) {
        return new Frame(command, headers, octets, from, to - from, null);
    }

    public Command command() {
        return command;
    }

    public Headers headers() {
        return headers;
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return headers.first(name);
    }

    /** The first entries of all headers, in order; unmodifiable. */
    public Map<String, String> headerMap() {
        return headers.asMap();
    }

    /** The body, read-only; empty if there is none. */
    public ByteBuffer body() {
        return ByteBuffer.wrap(octets, bodyBegin, bodyLength).slice().asReadOnlyBuffer();
    }

    /** A copy of the body. */
    public byte[] bodyBytes() {
        return Arrays.copyOfRange(octets, bodyBegin, bodyEnd());
    }

    /** The body read as UTF-8; octets that are none become U+FFFD. */
    public String bodyText() {
        return new String(octets, bodyBegin, bodyLength, StandardCharsets.UTF_8);
    }

    /** Whether the body is UTF-8, so that the frame can travel as text. */
    public boolean hasTextBody() {
        return forms == null ? isText() : forms.isText(this::isText);
    }

    private boolean isText() {
        if (Octets.areAscii(octets, bodyBegin, bodyEnd())) {
            return true;
        }
        try {
            Utf8.decode(octets, bodyBegin, bodyEnd());
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** How many octets the body has. */
    public int bodyLength() {
        return bodyLength;
    }

    private int bodyEnd() {
        return bodyBegin + bodyLength;
    }

    /** The same frame, the same body, with another command and other headers. */
    public Frame with(Command otherCommand, Headers otherHeaders) {
        return new Frame(otherCommand, otherHeaders, octets, bodyBegin, bodyLength, null);
    }

    /** The same frame with other headers. */
    public Frame with(Headers otherHeaders) {
        return with(command, otherHeaders);
    }

    /**
     * The same frame, which remembers what it looks like on the wire, so that it is encoded once: for one that goes to many.
     * The memory that takes lasts as long as the frame.
     */
    public Frame shared() {
        return new Frame(command, headers, octets, bodyBegin, bodyLength, new WireForms());
    }

    /**
     * About how many octets the frame occupies, for bounds on memory: exact for the body and what is kept with it, near enough for
     * the headers.
     */
    public int weight() {
        int weight = 32 + octets.length;
        for (int i = 0; i < headers.size(); i++) {
            weight += headers.name(i).length() + headers.value(i).length() + HEADER_OBJECTS;
        }
        return weight;
    }

    /** What the frame looks like on the wire, for the codec only; null if that is not remembered. */
    @Nullable
    WireForms forms() {
        return forms;
    }

    /** Adds the body to octets, for the codec only. */
    void addBody(OctetBuffer out) {
        out.add(octets, bodyBegin, bodyEnd());
    }

    /** Copies the body, for the codec only. */
    void copyBody(byte[] to, int at) {
        System.arraycopy(octets, bodyBegin, to, at, bodyLength);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Frame that
                && command == that.command
                && headers.equals(that.headers)
                && body().equals(that.body());
    }

    @Override
    public int hashCode() {
        return 31 * (31 * command.hashCode() + headers.hashCode()) + body().hashCode();
    }

    /** Command, header names and body length: fit for a log, since the peer chose the names only, and they are quoted. */
    @Override
    public String toString() {
        return command + " " + headers + " " + bodyLength + " octets";
    }
}
