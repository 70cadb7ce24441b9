package org.stampede.messaging;

/**
 * What the servers in front of one broker have answered, this one included. Immutable.
 *
 * @param value   the answers, put together
 * @param servers how many servers have answered
 * @param silent  how many did not, though they are known to be there: they may be dying, or busy. What they know is missing from the value
 * @param leftOut how many sessions were found and not told, for want of room (setting {@code stampede.relay.neighbours.answer-octets})
 * @param <T>     what was asked for
 */
public record Answers<T>(T value, int servers, int silent, int leftOut) {

    /**
     * Whether the value is all there is.
     *
     * @return true if no server was silent and no session left out
     */
    public boolean isComplete() {
        return silent == 0 && leftOut == 0;
    }
}
