package org.stampede.stomp;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Words that nearly all frames have, so that none of them is made anew each time: the commands, the names of headers, and some
 * of their values. None of them needs an escape. Immutable.
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

    /** What stompjs says if nobody tells it otherwise, and what is often said besides. */
    private static final Map<String, List<String>> VALUES = Map.of(
            "accept-version", List.of("1.2", "1.2,1.1,1.0"),
            "ack", List.of("auto", "client"),
            "content-type", List.of("application/json", "text/plain"),
            "heart-beat", List.of("10000,10000", "0,0"),
            "persistent", List.of("true"),
            "redelivered", List.of("true"),
            "version", List.of("1.2"));

    /**
     * A command, or the name of a header.
     *
     * @param word    the command or the name
     * @param head    the same with what stands behind it: a line-feed, or a colon
     * @param command null if it is the name of a header
     * @param values  values that the header often has
     */
    record Name(ShortWord word, ShortWord head, @Nullable Command command, List<ShortWord> values) {

        int length() {
            return word.length();
        }

        String text() {
            return word.text();
        }

        /** The often seen value that octets stand for; null if they are another one. */
        @Nullable
        String value(byte[] octets, int from, int to) {
            for (int i = 0; i < values.size(); i++) {
                ShortWord value = values.get(i);
                if (value.is(octets, from, to)) {
                    return value.text();
                }
            }
            return null;
        }

        /** The often seen value, if it is the very object that parsers and literals have; else null. */
        @Nullable
        ShortWord value(String text) {
            for (int i = 0; i < values.size(); i++) {
                ShortWord value = values.get(i);
                if (value.text() == text) {
                    return value;
                }
            }
            return null;
        }
    }

    private static final int BITS = 8;
    private static final Name[][] BY_OCTETS = new Name[1 << BITS][0];
    private static final Name[][] BY_HASH = new Name[1 << BITS][0];
    private static final Name[] COMMANDS = Stream.of(Command.values())
            .map(command ->
                    new Name(ShortWord.of(command.name()), ShortWord.of(command.name() + "\n"), command, List.of()))
            .toArray(Name[]::new);

    static {
        Stream.of(COMMANDS).forEach(name -> enter(BY_OCTETS, place(name.word.first(), name.word.second()), name));
        HEADERS.forEach(text -> {
            List<ShortWord> values = VALUES.getOrDefault(text, List.of()).stream()
                    .map(ShortWord::of)
                    .toList();
            var name = new Name(ShortWord.of(text), ShortWord.of(text + ":"), null, values);
            enter(BY_OCTETS, place(name.word.first(), name.word.second()), name);
            enter(BY_HASH, place(text), name);
        });
    }

    static final Name CONTENT_LENGTH = Objects.requireNonNull(header("content-length"));

    private KnownNames() {}

    private static void enter(Name[][] table, int place, Name name) {
        table[place] = Arrays.copyOf(table[place], table[place].length + 1);
        table[place][table[place].length - 1] = name;
    }

    /** The command that octets stand for; null if there is none. */
    static @Nullable Command command(byte[] octets, int from, int to) {
        Name name = find(octets, from, to);
        return name == null ? null : name.command;
    }

    /** The name of a header that octets stand for; null if it is none of these. */
    static @Nullable String header(byte[] octets, int from, int to) {
        Name name = find(octets, from, to);
        return name == null ? null : name.text();
    }

    private static @Nullable Name find(byte[] octets, int from, int to) {
        int length = to - from;
        return length > ShortWord.MOST_OCTETS
                ? null
                : find(length, Octets.eight(octets, from, to), Octets.eight(octets, from + Long.BYTES, to));
    }

    /** What stands there, before the first such octet of ASCII; null if it is none of these. */
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

    private static @Nullable Name find(int length, long first, long second) {
        for (Name name : BY_OCTETS[place(first, second)]) {
            if (name.word.is(length, first, second)) {
                return name;
            }
        }
        return null;
    }

    /** The upper bits of a product depend on all bits of its factors. */
    private static int place(long first, long second) {
        return (int) ((first * 0x9E3779B97F4A7C15L + second * 0xC2B2AE3D27D4EB4FL) >>> (Long.SIZE - BITS));
    }

    private static int place(String text) {
        return (text.hashCode() * 0x9E3779B9) >>> (Integer.SIZE - BITS);
    }

    /** The header of this name; null if it is none of these. */
    static @Nullable Name header(String text) {
        for (Name name : BY_HASH[place(text)]) {
            if (name.text().equals(text)) {
                return name;
            }
        }
        return null;
    }

    /** The first line of a frame. */
    static ShortWord line(Command command) {
        return COMMANDS[command.ordinal()].head;
    }
}
