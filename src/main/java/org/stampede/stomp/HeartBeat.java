package org.stampede.stomp;

import java.util.Optional;

/**
 * One end's half of heart-beating (STOMP 1.2, section Heart-beating). Immutable.
 *
 * @param canSend how often this end can send, in milliseconds; 0 if it cannot
 * @param wants   how often this end would like to receive, in milliseconds; 0 if it would not
 */
public record HeartBeat(int canSend, int wants) {

    /** No heart-beats in either direction: what a missing header means. */
    public static final HeartBeat NONE = new HeartBeat(0, 0);

    /** Checks that neither number is negative. */
    public HeartBeat {
        if (canSend < 0 || wants < 0) {
            throw new IllegalArgumentException("A heart-beat interval must not be negative.");
        }
    }

    /**
     * Reads a {@code heart-beat} header.
     *
     * @return empty if the value is not two non-negative integers separated by a comma
     */
    public static Optional<HeartBeat> parse(String value) {
        int comma = value.indexOf(',');
        if (comma < 0) {
            return Optional.empty();
        }
        var canSend = Decimal.parse(value.substring(0, comma).strip());
        var wants = Decimal.parse(value.substring(comma + 1).strip());
        return canSend.isPresent() && wants.isPresent()
                ? Optional.of(new HeartBeat(canSend.getAsInt(), wants.getAsInt()))
                : Optional.empty();
    }

    /** How often this end must send, given what the other end asks for, in milliseconds; 0 for never. */
    public int sendInterval(HeartBeat peer) {
        return canSend == 0 || peer.wants == 0 ? 0 : Math.max(canSend, peer.wants);
    }

    /** How often this end may expect data from the other end, in milliseconds; 0 for never. */
    public int receiveInterval(HeartBeat peer) {
        return peer.sendInterval(this);
    }

    /** The value of the {@code heart-beat} header. */
    public String value() {
        return canSend + "," + wants;
    }
}
