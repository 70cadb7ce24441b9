package org.stampede.broker;

import java.util.Set;

/** Which headers of a SEND every MESSAGE made of it has (STOMP 1.2, section SEND). Stateless. */
public final class PassedOn {

    /** What the server says itself, so that nobody forges it, or what concerns the SEND only; and the sender's secrets. */
    private static final Set<String> NOT = Set.of(
            "destination",
            "message-id",
            "subscription",
            "ack",
            "content-length",
            "receipt",
            "transaction",
            "redelivered",
            "delivery-count",
            "dead-letter-destination",
            "dead-letter-reason",
            "receipt-id",
            "user-id",
            "user-name",
            "login",
            "passcode",
            "Authorization",
            "authorization");

    private PassedOn() {}

    /** Whether a header is that of the sender, for those who get the message. */
    public static boolean is(String header) {
        return !NOT.contains(header);
    }
}
