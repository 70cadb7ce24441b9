package org.stampede.endurance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** STOMP frames that are nearly right, and floods of right ones, by a seed. Confined to one thread. */
final class BadFrames {

    /** One of each kind; a {@code #} is a number. */
    private static final List<String> SEEDS = List.of(
            "CONNECT\naccept-version:1.0,1.1,1.2\nhost:x\nheart-beat:0,0\n\n^@",
            "STOMP\naccept-version:1.2\nlogin:ann\npasscode:x\n\n^@",
            "SEND\ndestination:/topic/fuzz.#\nreceipt:#\n\nhello^@",
            "SEND\ndestination:/queue/fuzz.#\nexpires:1\npersistent:true\n\nhello^@",
            "SEND\ndestination:/app/enter\nreply-to:/temp-queue/r#\ncorrelation-id:#\n\nfuzz^@",
            "SEND\ndestination:/app/room.#\ncontent-type:application/json\n\n{\"text\":\"hello\"}^@",
            "SEND\ndestination:/app/room.#.history\nlast:#\n\n^@",
            "SEND\ndestination:/app/room.#.typing\naccept-language:de\n\n^@",
            "SEND\ndestination:/user/ann/queue/x\nuser-id:#\n\nhello^@",
            "SEND\ndestination:/stampede/login\npasscode:x\nreceipt:#\n\n^@",
            "SEND\ndestination:/topic/fuzz.#\ncontent-length:5\n\na\0b\0c^@",
            "SEND\ndestination:/topic/fuzz.#\ntransaction:#\n\nhello^@",
            "SUBSCRIBE\nid:#\ndestination:/topic/fuzz.#\nack:auto\n\n^@",
            "SUBSCRIBE\nid:#\ndestination:/topic/room.*\n\n^@",
            "SUBSCRIBE\nid:#\ndestination:/queue/fuzz.#\nack:client-individual\nprefetch-count:#\n\n^@",
            "SUBSCRIBE\nid:#\ndestination:/user/queue/errors\n\n^@",
            "UNSUBSCRIBE\nid:#\n\n^@",
            "ACK\nid:#\nsubscription:#\nmessage-id:#\n\n^@",
            "NACK\nid:#\ntransaction:#\n\n^@",
            "BEGIN\ntransaction:#\nreceipt:#\n\n^@",
            "COMMIT\ntransaction:#\n\n^@",
            "ABORT\ntransaction:#\n\n^@",
            "DISCONNECT\nreceipt:#\n\n^@",
            "MESSAGE\nsubscription:#\nmessage-id:#\ndestination:/topic/fuzz.#\n\nforged^@",
            "\n\r\n\n");

    /** What tends to go wrong. */
    private static final List<String> SPICES = List.of(
            "\0",
            "\n",
            "\r",
            "\r\n",
            ":",
            "\\",
            "\\c",
            "\\n",
            "\\t",
            "^@",
            "\u007f",
            "\u001b[2J",
            "\u00e9",
            "\u20ac",
            "\ud83d\ude00",
            "%",
            "%2F",
            "*",
            "**",
            "#",
            ">",
            "{",
            "}",
            "/",
            ".",
            "..",
            "\ufeff",
            "content-length:",
            "content-length:-1\n",
            "content-length:99999999999\n",
            "destination:",
            "receipt:",
            "transaction:",
            "id:",
            "2147483648",
            "-1",
            "NaN",
            "^@^@^@",
            "\u0001private",
            "/user/",
            "/reply-queue/",
            "/temp-queue/",
            "/queue/DLQ");

    private final Random random;

    BadFrames(long seed) {
        random = new Random(seed);
    }

    /** One that is right, most likely. */
    byte[] right() {
        return octets(pick(SEEDS).replace("#", String.valueOf(random.nextInt(20))));
    }

    /** One that was right before some of its octets were changed, lost, doubled, or mixed with others. */
    byte[] wrong() {
        byte[] frame = right();
        for (int change = random.nextInt(6); change >= 0; change--) {
            frame = changed(frame);
        }
        return frame;
    }

    private byte[] changed(byte[] frame) {
        int at = random.nextInt(frame.length + 1);
        int end = Math.min(frame.length, at + random.nextInt(12));
        return switch (random.nextInt(7)) {
            case 0 -> spliced(frame, at, octets(pick(SPICES)), at);
            case 1 -> spliced(frame, at, octets(pick(SPICES)), end);
            case 2 -> spliced(frame, at, new byte[0], end);
            case 3 -> spliced(frame, end, Arrays.copyOfRange(frame, at, end), end);
            case 4 -> spliced(frame, at, randomOctets(1 + random.nextInt(8)), end);
            case 5 -> spliced(frame, at, right(), frame.length);
            default ->
                spliced(
                        frame,
                        at,
                        pick(SPICES).repeat(1 + random.nextInt(2_000)).getBytes(UTF_8),
                        at);
        };
    }

    private static byte[] spliced(byte[] frame, int upTo, byte[] middle, int from) {
        var spliced = new ByteArrayOutputStream();
        spliced.write(frame, 0, upTo);
        spliced.writeBytes(middle);
        spliced.write(frame, from, frame.length - from);
        return spliced.toByteArray();
    }

    /** Octets that mean nothing. */
    byte[] randomOctets(int number) {
        byte[] octets = new byte[number];
        random.nextBytes(octets);
        return octets;
    }

    /** A frame of headers only, too many or one that is too long. */
    byte[] headers() {
        String headers = random.nextBoolean()
                ? flood(200 + random.nextInt(20_000), number -> "h" + number + ":x\n")
                : "long:" + "y".repeat(5_000 + random.nextInt(2_000_000));
        return octets("SEND\ndestination:/topic/fuzz\n" + headers + (random.nextBoolean() ? "\n\n^@" : ""));
    }

    /** More subscriptions than anybody needs. */
    byte[] subscriptions() {
        String place = pick(List.of("/topic/fuzz.", "/queue/fuzz.", "/user/queue/fuzz.", "/topic/room."));
        return octets(flood(
                500 + random.nextInt(1_000), id -> "SUBSCRIBE\nid:s" + id + "\ndestination:" + place + id + "\n\n^@"));
    }

    /** Subscriptions that match as much as can be, or are as hard to match as can be. */
    byte[] wildcards() {
        String places =
                pick(List.of("/**", "/topic/**", "/*/*", "/topic/#", "/topic/>", "/**/x/**", "/topic/*.*.*", ">"));
        return octets(flood(
                100 + random.nextInt(400),
                id -> "SUBSCRIBE\nid:w" + id + "\ndestination:"
                        + (id % 3 == 0 ? "/topic" + "/*".repeat(random.nextInt(60)) + "/**" : places) + "\n\n^@"));
    }

    /** Transactions that are never committed. */
    byte[] transactions() {
        int open = 1 + random.nextInt(20);
        String body = "x".repeat(random.nextInt(20_000));
        return octets(flood(open, id -> "BEGIN\ntransaction:t" + id + "\n\n^@")
                + flood(
                        random.nextInt(300),
                        id -> "SEND\ndestination:/topic/fuzz\ntransaction:t" + id % open + "\n\n" + body + "^@"));
    }

    /** As many frames as go into a message. */
    byte[] tiny() {
        String frame = pick(List.of("\n", "ACK\nid:1\n\n^@", "SEND\ndestination:/topic/x\n\n^@", "^@", "A\n\n^@"));
        return octets(frame.repeat(500 + random.nextInt(5_000)));
    }

    private static String flood(int number, IntFunction<String> each) {
        return IntStream.range(0, number).mapToObj(each).collect(Collectors.joining());
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private byte[] octets(String readable) {
        return readable.replace("^@", "\0").getBytes(random.nextInt(20) == 0 ? ISO_8859_1 : UTF_8);
    }
}
