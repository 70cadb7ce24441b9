package org.stampede.load;

/**
 * One second of a flood.
 *
 * @param contender   who
 * @param load        {@code soak}
 * @param second      since the beginning
 * @param heap        octets of the server's heap in use, garbage included
 * @param leastHeap   the least of it in this second
 * @param live        octets of its objects after a full collection, -1 in seconds without one
 * @param resident    octets of its memory
 * @param topic       messages sent to the topic in this second
 * @param queue       messages sent to the queue
 * @param consumed    messages consumed from it
 * @param work        messages handled
 * @param outstanding messages to the queue that wait for their RECEIPT
 * @param refusals    connections that the server has ended so far
 * @param heard       messages of the witness that were heard in this second
 * @param p50         latency of the witness in microseconds, half of its messages were faster
 * @param p99         the same for 99 of 100
 * @param worst       the slowest of them
 */
record SoakPoint(
        String contender,
        String load,
        int second,
        long heap,
        long leastHeap,
        long live,
        long resident,
        long topic,
        long queue,
        long consumed,
        long work,
        long outstanding,
        int refusals,
        long heard,
        long p50,
        long p99,
        long worst) {}
