package org.stampede.dispatch;

import java.time.Duration;

/**
 * How this server keeps company with the others in front of the same broker. Immutable.
 *
 * @param beat         how often it says that it is there
 * @param missed       who has missed so many beats is forgotten
 * @param most         so many others are known at most
 * @param answerTime   how long they may take to answer
 * @param answerOctets about how large an answer may be
 * @param questions    so many may wait for their answers
 */
public record NeighbourLimits(
        Duration beat, int missed, int most, Duration answerTime, int answerOctets, int questions) {

    public static final String QUESTIONS = "stampede.relay.neighbours.questions";

    /** As the settings are by default. */
    public static final NeighbourLimits DEFAULTS =
            new NeighbourLimits(Duration.ofSeconds(10), 3, 1_000, Duration.ofSeconds(2), 256 << 10, 100);
}
