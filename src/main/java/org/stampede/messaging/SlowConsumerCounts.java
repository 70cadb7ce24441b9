package org.stampede.messaging;

/** What was left out for slow clients since the start, by the {@link SlowConsumers} of the application; inject it. Thread-safe. */
public interface SlowConsumerCounts {

    /**
     * Messages that a newer one of their destination has replaced.
     *
     * @return how many, counted for each subscription
     */
    long conflated();

    /**
     * Messages that were dropped as the oldest of those that waited.
     *
     * @return how many, counted for each subscription
     */
    long dropped();

    /**
     * How often a client was found too slow for a subscription: once for each {@link SlowConsumerEvent}.
     *
     * @return how often
     */
    long episodes();
}
