package org.stampede.broker.relay;

import static org.stampede.testing.Awaited.done;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;

/** What a client gets of a queue, each message acknowledged, and counted once. One thread at a time. */
final class Tally {

    private final RelayClient client;
    private final Set<String> bodies = new LinkedHashSet<>();
    private final ArrayDeque<Frame> others = new ArrayDeque<>();

    Tally(RelayClient client) {
        this.client = client;
    }

    private String takeOne() throws Exception {
        Frame message = client.message();
        if (!message.headers().contains("ack")) {
            others.add(message);
            return "";
        }
        // Without receipt, since the broker may be away.
        done(client.session.accept(
                Frame.of(Command.ACK, "id", message.header("ack").orElseThrow())));
        bodies.add(message.bodyText());
        return message.bodyText();
    }

    void takeSome(int count) throws Exception {
        while (bodies.size() < count) {
            takeOne();
        }
    }

    void takeUntil(String last) throws Exception {
        while (!takeOne().equals(last)) {
            continue;
        }
    }

    /** The body of the next message of another subscription. */
    String nextOf(String subscription) throws Exception {
        while (others.isEmpty()) {
            takeOne();
        }
        Frame message = others.remove();
        return message.header("subscription").filter(subscription::equals).isPresent() ? message.bodyText() : "";
    }

    /** In the order in which they came first. */
    Set<String> bodies() {
        return bodies;
    }

    /** Those that are numbers. */
    List<Integer> numbers() {
        return bodies.stream()
                .filter(body -> body.matches("\\d+"))
                .map(Integer::valueOf)
                .toList();
    }
}
