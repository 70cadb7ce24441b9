package org.stampede.stomp;

import java.util.Optional;
import java.util.stream.Stream;

/** How a subscription acknowledges its messages (STOMP 1.2, section SUBSCRIBE ack Header). Immutable. */
public enum AckMode {
    /** A message counts as consumed once it is sent. */
    AUTO("auto"),
    /** An ACK covers its message and all earlier ones of the subscription. */
    CLIENT("client"),
    /** An ACK covers its message alone. */
    CLIENT_INDIVIDUAL("client-individual");

    private final String value;

    AckMode(String value) {
        this.value = value;
    }

    /** The mode with this header value; empty if there is none. */
    public static Optional<AckMode> of(String value) {
        return Stream.of(values()).filter(m -> m.value.equals(value)).findFirst();
    }

    /** The value of the {@code ack} header. */
    public String value() {
        return value;
    }
}
