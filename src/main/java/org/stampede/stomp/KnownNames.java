package org.stampede.stomp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Words that nearly all frames have, so that none of them is made anew each time: the commands, and the names of headers. None
 * of them needs an escape, or is longer than 16 octets, so that two numbers tell it. Immutable.
 */
final class KnownNames {

    private static final List<String> HEADERS = List.of(
            "accept-version",
            "ack",
            "content-length",
            "content-type",
            "correlation-id",
            "destination",
            "expires",
            "heart-beat",
            "host",
            "id",
            "login",
            "message",
            "message-id",
            "passcode",
            "persistent",
            "priority",
            "receipt",
            "receipt-id",
            "redelivered",
            "reply-to",
            "selector",
            "server",
            "session",
            "subscription",
            "timestamp",
            "transaction",
            "user-name",
            "version");

    private static final int MOST_OCTETS = 2 * Long.BYTES;

    /**
     * A word.
     *
     * @param text    the word
     * @param command null if it is the name of a header
     * @param length  how many octets it has
     * @param first   its first eight octets, see {@link Octets#eight}
     * @param second  those behind them
     */
    record Name(String text, @Nullable Command command, int length, long first, long second) {}

    private static final int BITS = 8;
    private static final Name[][] BY_OCTETS = new Name[1 << BITS][0];
    private static final Map<String, byte[]> HEADS = new HashMap<>();
    private static final byte[][] COMMANDS = Stream.of(Command.values())
            .map(command -> octets(command.name() + "\n"))
            .toArray(byte[][]::new);

    static {
        Stream.of(Command.values()).forEach(command -> enter(command.name(), command));
        HEADERS.forEach(name -> enter(name, null));
        HEADERS.forEach(name -> HEADS.put(name, octets(name + ":")));
    }

    static final Name CONTENT_LENGTH =
            Objects.requireNonNull(find(octets("content-length"), 0, "content-length".length()));

    private KnownNames() {}

    private static void enter(String text, @Nullable Command command) {
        byte[] octets = octets(text);
        long first = Octets.eight(octets, 0, octets.length);
        long second = Octets.eight(octets, Long.BYTES, octets.length);
        int place = place(first, second);
        Name[] there = Arrays.copyOf(BY_OCTETS[place], BY_OCTETS[place].length + 1);
        there[there.length - 1] = new Name(text, command, octets.length, first, second);
        BY_OCTETS[place] = there;
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The command that octets stand for; null if there is none. */
    static @Nullable Command command(byte[] octets, int from, int to) {
        Name name = find(octets, from, to);
        return name == null ? null : name.command;
    }

    /** The name of a header that octets stand for; null if it is none of these. */
    static @Nullable String header(byte[] octets, int from, int to) {
        Name name = find(octets, from, to);
        return name == null ? null : name.text;
    }

    private static @Nullable Name find(byte[] octets, int from, int to) {
        int length = to - from;
        return length > MOST_OCTETS
                ? null
                : find(length, Octets.eight(octets, from, to), Octets.eight(octets, from + Long.BYTES, to));
    }

    /** The word that stands there, before the first such octet of ASCII; null if it is none of these. */
    static @Nullable Name before(char end, byte[] octets, int from, int to) {
        long first = Octets.eight(octets, from, to);
        int length = Octets.before(end, first);
        if (length < Long.BYTES) {
            return find(length, Octets.first(length, first), 0);
        }
        long second = Octets.eight(octets, from + Long.BYTES, to);
        int more = Octets.before(end, second);
        return more < Long.BYTES ? find(Long.BYTES + more, first, Octets.first(more, second)) : null;
    }

    /** The length tells a word from the same one with NULs behind it. */
    private static @Nullable Name find(int length, long first, long second) {
        for (Name name : BY_OCTETS[place(first, second)]) {
            if (name.first == first && name.second == second && name.length == length) {
                return name;
            }
        }
        return null;
    }

    /** The upper bits of a product depend on all bits of its factors. */
    private static int place(long first, long second) {
        return (int) ((first * 0x9E3779B97F4A7C15L + second * 0xC2B2AE3D27D4EB4FL) >>> (Long.SIZE - BITS));
    }

    /** The octets of the name of a header and the colon, which nobody may change; null if it is none of these. */
    static byte @Nullable [] head(String header) {
        return HEADS.get(header);
    }

    /** The octets of the first line of a frame, which nobody may change. */
    static byte[] line(Command command) {
        return COMMANDS[command.ordinal()];
    }
}
