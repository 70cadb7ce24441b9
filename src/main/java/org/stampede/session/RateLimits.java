package org.stampede.session;

import org.stampede.stomp.LimitExceededException;

/**
 * How much a client may send in the long run. Immutable.
 *
 * @param frames per second, 0 for no limit
 * @param octets per second, 0 for no limit
 */
public record RateLimits(int frames, int octets) {

    /** A client may send as much as the server can take. */
    public static final RateLimits NONE = new RateLimits(0, 0);

    /** The settings that hold them. */
    public static final String FRAMES = "stampede.limit.frames-per-second";

    public static final String OCTETS = "stampede.limit.octets-per-second";

    /** How long a client may send all at once what it might have sent evenly. */
    public static final int BURST_SECONDS = 10;

    LimitExceededException tooManyFrames() {
        return new LimitExceededException("frames that are sent", frames, "frames a second", FRAMES);
    }

    LimitExceededException tooManyOctets() {
        return new LimitExceededException("what is sent", octets, "octets a second", OCTETS);
    }
}
