package org.stampede.broker.embedded;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.stampede.broker.PassedOn;
import org.stampede.broker.RefusedException;
import org.stampede.destination.DestinationPattern;
import org.stampede.destination.UserDestination;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.Headers;
import org.stampede.stomp.Quoted;

/**
 * A SEND as the broker keeps it: where it goes, until when, and the headers of the sender, which every MESSAGE made of it has
 * (STOMP 1.2, section SEND). Immutable.
 */
final class BrokerMessage {

    /** About what a message takes in a queue besides its frame, so that a flood of empty ones is weighed rightly. */
    private static final int OBJECTS = 256;

    private final Frame send;
    private final String destination;
    private final Expiry expiry;
    /** Name, value, name, value, and so on. */
    private final List<String> userHeaders;

    private final int weight;

    private BrokerMessage(Frame send, String destination, Expiry expiry, List<String> userHeaders, int weight) {
        this.send = send;
        this.destination = destination;
        this.expiry = expiry;
        this.userHeaders = userHeaders;
        this.weight = weight;
    }

    /**
     * Reads a SEND.
     *
     * @throws RefusedException if its destination has a wildcard, or its expiry is malformed
     */
    static BrokerMessage of(Frame send, InstantSource clock) {
        String destination = send.header("destination").orElse("");
        refuseWildcard(destination);
        var userHeaders = new ArrayList<String>(2 * send.headers().size());
        send.headers().forEach((name, value) -> {
            if (PassedOn.is(name)) {
                userHeaders.add(name);
                userHeaders.add(value);
            }
        });
        return new BrokerMessage(
                send, destination, Expiry.of(send.headers(), clock), userHeaders, send.weight() + OBJECTS);
    }

    private static void refuseWildcard(String destination) {
        if (destination.indexOf('*') >= 0 || DestinationPattern.hasWildcard(destination)) {
            throw new RefusedException(
                    "Wildcard in the destination of a SEND",
                    "A message is sent to one destination, but "
                            + Quoted.of(UserDestination.visible(destination))
                            + " has a wildcard; only a SUBSCRIBE may.");
        }
    }

    /**
     * The same message as a dead letter: it goes elsewhere, lives on, and tells where it came from.
     *
     * @param deadLetters where it goes
     * @param reason      why it could not be delivered
     */
    BrokerMessage deadLetter(String deadLetters, String reason) {
        var headers = new ArrayList<>(List.of("dead-letter-destination", destination, "dead-letter-reason", reason));
        headers.addAll(userHeaders);
        int added =
                headers.get(0).length() + destination.length() + headers.get(2).length() + reason.length() + 4;
        return new BrokerMessage(send, deadLetters, Expiry.NEVER, headers, weight + added);
    }

    /** Where it goes, as the broker knows it. */
    String destination() {
        return destination;
    }

    Expiry expiry() {
        return expiry;
    }

    /** About how many octets it occupies. */
    int weight() {
        return weight;
    }

    /**
     * The MESSAGE made of it, which shares its body.
     *
     * @param brokerHeaders what the broker says besides the destination: name, value, and so on
     */
    Frame frame(List<String> brokerHeaders) {
        var headers = new String[2 + brokerHeaders.size() + userHeaders.size()];
        headers[0] = "destination";
        headers[1] = UserDestination.visible(destination);
        int at = 2;
        for (String header : brokerHeaders) {
            headers[at++] = header;
        }
        for (String header : userHeaders) {
            headers[at++] = header;
        }
        return send.with(Command.MESSAGE, Headers.of(headers));
    }
}
