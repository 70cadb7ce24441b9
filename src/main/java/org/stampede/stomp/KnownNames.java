package org.stampede.stomp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Words that nearly all frames have, so that none of them is made anew each time: the commands, and the names of headers. None
 * of them needs an escape. Immutable.
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

    private record Name(
            byte[] octets, String text, @Nullable Command command) {}

    private static final int PLACES = 256;
    private static final Name[][] BY_OCTETS = new Name[PLACES][0];
    private static final Map<String, byte[]> HEADS = new HashMap<>();
    private static final byte[][] COMMANDS = Stream.of(Command.values())
            .map(command -> octets(command.name() + "\n"))
            .toArray(byte[][]::new);

    static {
        Stream.of(Command.values()).forEach(command -> enter(command.name(), command));
        HEADERS.forEach(name -> enter(name, null));
        HEADERS.forEach(name -> HEADS.put(name, octets(name + ":")));
    }

    private KnownNames() {}

    private static void enter(String text, @Nullable Command command) {
        byte[] octets = octets(text);
        int place = place(octets, 0, octets.length);
        Name[] there = Arrays.copyOf(BY_OCTETS[place], BY_OCTETS[place].length + 1);
        there[there.length - 1] = new Name(octets, text, command);
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
        if (to <= from) {
            return null;
        }
        for (Name name : BY_OCTETS[place(octets, from, to)]) {
            if (Arrays.equals(octets, from, to, name.octets, 0, name.octets.length)) {
                return name;
            }
        }
        return null;
    }

    private static int place(byte[] octets, int from, int to) {
        return (7 * octets[from] + 31 * octets[to - 1] + (to - from)) & (PLACES - 1);
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
