package org.stampede.load;

/** The body of a message: JSON with the moment when it was, or should have been, sent. Stateless. */
final class Body {

    private static final String HEAD = "{\"t\":1";
    private static final int DIGITS = 18;

    private Body() {}

    /** JSON of so many octets. */
    static String of(long nanoTime, int octets) {
        String head = HEAD + "%018d".formatted(nanoTime) + ",\"text\":\"";
        return head + "x".repeat(octets - head.length() - 2) + "\"}";
    }

    /** When a message was sent that begins here. */
    static long time(byte[] octets, int from) {
        long time = 0;
        for (int i = from + HEAD.length(); i < from + HEAD.length() + DIGITS; i++) {
            time = 10 * time + octets[i] - '0';
        }
        return time;
    }
}
