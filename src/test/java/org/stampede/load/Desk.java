package org.stampede.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Asks the {@link LoadDesk} for what it has counted. Not thread-safe. */
final class Desk implements AutoCloseable {

    private static final Pattern NUMBER = Pattern.compile("\n\n\"?(\\d+)");

    private final Contender contender;
    private final ClientSocket socket;

    Desk(Contender contender) throws IOException {
        this.contender = contender;
        socket = new ClientSocket(contender.endpoint(), contender.subscriber(List.of("/user/queue/counts"), "auto", 0));
    }

    /** The number that a handler knows. */
    long ask(String handler) throws IOException {
        long[] answer = {-1};
        socket.send(contender.publication(handler, ""));
        while (answer[0] < 0) {
            socket.read((octets, from, to) -> {
                var number = NUMBER.matcher(new String(octets, from, to - from, StandardCharsets.UTF_8));
                if (number.find()) {
                    answer[0] = Long.parseLong(number.group(1));
                }
            });
        }
        return answer[0];
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
