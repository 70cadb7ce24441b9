package org.stampede.load;

/**
 * One second of subscribers of quotes of whom one is slow.
 *
 * @param contender  who
 * @param load       {@code slow}
 * @param policy     what is done for the slow one; {@code none} if there is none
 * @param second     since the beginning
 * @param ageMillis  how old the oldest quote was that the slow one has read; -1 if it has read none
 * @param read       how many it has read so far
 * @param connected  whether it is still served
 * @param leftOut    messages that slow subscribers have missed so far
 * @param heap       octets of the server's heap in use, garbage included
 * @param leastHeap  the least of it in this second
 * @param perSecond  deliveries to the others
 * @param p50        latency of the others in microseconds, half of the deliveries were faster
 * @param p99        the same for 99 of 100
 */
record SlowPoint(
        String contender,
        String load,
        String policy,
        int second,
        double ageMillis,
        long read,
        boolean connected,
        long leftOut,
        long heap,
        long leastHeap,
        long perSecond,
        long p50,
        long p99) {}
