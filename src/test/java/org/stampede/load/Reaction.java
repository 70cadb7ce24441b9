package org.stampede.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a subscriber does when messages have come; the octets hold one or more frames. */
@FunctionalInterface
interface Reaction {

    Reaction NONE = (socket, octets, from, to) -> {};

    void to(ClientSocket socket, byte[] octets, int from, int to) throws IOException;

    /** Acknowledges each message by itself. */
    static Reaction acknowledging() {
        return (socket, octets, from, to) -> {
            for (int at = from; at < to; at++) {
                if (startsAck(octets, at, to)) {
                    int begin = at + ACK.length;
                    int end = begin;
                    while (octets[end] != '\n') {
                        end++;
                    }
                    socket.send(
                            "ACK\nid:" + new String(octets, begin, end - begin, StandardCharsets.US_ASCII) + "\n\n\0");
                    at = end;
                }
            }
        };
    }

    /** The header by which a message is acknowledged. */
    byte[] ACK = "\nack:".getBytes(StandardCharsets.US_ASCII);

    private static boolean startsAck(byte[] octets, int at, int to) {
        return at + ACK.length < to && Arrays.equals(octets, at, at + ACK.length, ACK, 0, ACK.length);
    }
}
