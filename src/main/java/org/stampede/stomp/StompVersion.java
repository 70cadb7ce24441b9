package org.stampede.stomp;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The versions of STOMP, oldest first, and in what they differ on the wire. Immutable. */
public enum StompVersion {
    V1_0("1.0", "v10.stomp"),
    V1_1("1.1", "v11.stomp"),
    V1_2("1.2", "v12.stomp");

    private final String number;
    private final String subprotocol;

    StompVersion(String number, String subprotocol) {
        this.number = number;
        this.subprotocol = subprotocol;
    }

    /**
     * The highest version that both ends speak (STOMP 1.2, section Protocol Negotiation).
     *
     * @param acceptVersion the {@code accept-version} header of CONNECT; without one the client speaks 1.0 only
     * @return empty if there is no common version
     */
    public static Optional<StompVersion> negotiate(Optional<String> acceptVersion) {
        if (acceptVersion.isEmpty()) {
            return Optional.of(V1_0);
        }
        var offered = Arrays.stream(acceptVersion.get().split(",", -1))
                .map(String::strip)
                .collect(Collectors.toSet());
        return Stream.of(V1_2, V1_1, V1_0)
                .filter(v -> offered.contains(v.number))
                .findFirst();
    }

    /** The version with this number, such as {@code 1.2}; empty if there is none. */
    public static Optional<StompVersion> ofNumber(String number) {
        return Stream.of(values()).filter(v -> v.number.equals(number)).findFirst();
    }

    /** All numbers, oldest first, as the {@code version} header of an ERROR lists them. */
    public static String numbers() {
        return Stream.of(values()).map(StompVersion::number).collect(Collectors.joining(","));
    }

    /** The number, for example {@code 1.2}. */
    public String number() {
        return number;
    }

    /** The WebSocket sub-protocol, for example {@code v12.stomp}. */
    public String subprotocol() {
        return subprotocol;
    }

    /** Whether this version is the other or a later one. */
    public boolean isAtLeast(StompVersion other) {
        return compareTo(other) >= 0;
    }
}
