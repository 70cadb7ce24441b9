package org.stampede.broker.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.stampede.broker.PassedOn;
import org.stampede.stomp.AckMode;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.FrameLimits;
import org.stampede.stomp.FrameParser;
import org.stampede.stomp.FrameWriter;
import org.stampede.stomp.Headers;
import org.stampede.stomp.StompVersion;

/**
 * The other nodes in front of the broker, which all are subscribed to one topic: what is said there has in its body, as on the wire, the
 * SEND whose destination tells for which sessions it is; so no header of a client means anything to the broker. A header says by which
 * node it is. No client can send to that topic, nor hear of it. Thread-safe.
 */
final class Neighbours {

    /** The id of the subscription. */
    static final String ID = "neighbours";

    private static final String NAME = Dialect.RESERVED + "neighbours";
    private static final String BY = Dialect.RESERVED_HEADERS + "By";

    /** Out of reach, since what is in a body was bounded with it. */
    private static final FrameLimits INNER = new FrameLimits(
            Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, "none");

    private final Dialect dialect;
    /** The id of this node. */
    private final String node;

    private volatile Consumer<Frame> receiver = frame -> {};

    Neighbours(Dialect dialect, String node) {
        this.dialect = dialect;
        this.node = node;
    }

    void receiver(Consumer<Frame> newReceiver) {
        receiver = newReceiver;
    }

    Frame subscribe() {
        var headers = new ArrayList<>(List.of("id", ID, "destination", dialect.theirs(false, NAME), "ack", "auto"));
        dialect.subscribe(
                false, AckMode.AUTO, Integer.MAX_VALUE, (name, value) -> headers.addAll(List.of(name, value)));
        return Frame.of(Command.SUBSCRIBE, Headers.of(headers.toArray(String[]::new)));
    }

    /** What to say to the others for this message. */
    Frame announcement(Frame send) {
        var headers = new ArrayList<>(List.of("destination", dialect.theirs(false, NAME), BY, node));
        dialect.send(false, (name, value) -> headers.addAll(List.of(name, value)));
        return Frame.of(
                Command.SEND,
                Headers.of(headers.toArray(String[]::new)),
                FrameWriter.octets(send.with(inner(send)), StompVersion.V1_2));
    }

    private static Headers inner(Frame send) {
        return send.headers()
                .filter(PassedOn::is)
                .with("destination", send.header("destination").orElse(""));
    }

    /** A MESSAGE of that topic; what this node has said itself is passed over, and what none has said. */
    void message(Frame message) {
        boolean own = message.header(BY).filter(node::equals).isPresent();
        if (own) {
            return;
        }
        new FrameParser(INNER)
                .parse(message.body()).readAs(StompVersion.V1_2).frames().stream()
                        .filter(frame -> frame.command() == Command.SEND)
                        .forEach(send -> receiver.accept(send.with(inner(send))));
    }
}
