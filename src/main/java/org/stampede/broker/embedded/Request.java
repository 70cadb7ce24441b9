package org.stampede.broker.embedded;

import java.util.Optional;
import org.stampede.broker.Destinations;
import org.stampede.broker.PrefetchCount;
import org.stampede.broker.RefusedException;
import org.stampede.destination.DestinationPattern;
import org.stampede.stomp.AckMode;
import org.stampede.stomp.Frame;
import org.stampede.stomp.Quoted;

/**
 * A SUBSCRIBE, read and found good. Immutable.
 *
 * @param id        the id that the client gave
 * @param pattern   which destinations
 * @param ackMode   how messages are acknowledged
 * @param prefetch  how many messages of a queue may be unacknowledged
 * @param recipient where messages go
 * @param ids       the source of their ids
 */
record Request(
        String id, DestinationPattern pattern, AckMode ackMode, int prefetch, Recipient recipient, MessageIds ids) {

    /**
     * Reads a SUBSCRIBE.
     *
     * @throws RefusedException if it asks for what cannot be
     */
    static Request of(Frame subscribe, Recipient recipient, MessageIds ids, EmbeddedBrokerLimits limits) {
        return new Request(
                subscribe.header("id").orElse(""),
                Destinations.pattern(subscribe.header("destination").orElse(""), limits.parts()),
                ackMode(subscribe.header("ack")),
                PrefetchCount.of(subscribe.header("prefetch-count"), limits.unacknowledged()),
                recipient,
                ids);
    }

    private static AckMode ackMode(Optional<String> ack) {
        return ack.map(value -> AckMode.of(value)
                        .orElseThrow(() -> new RefusedException(
                                "Unknown ack mode",
                                "The header ack must be auto, client or client-individual, but is " + Quoted.of(value)
                                        + ".")))
                .orElse(AckMode.AUTO);
    }
}
