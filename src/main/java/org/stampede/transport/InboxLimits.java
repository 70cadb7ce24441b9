package org.stampede.transport;

/**
 * How much may wait in an {@link Inbox} before its peer is read no further. Immutable.
 *
 * @param batches reads that wait
 * @param octets  octets of these, as they weigh in memory; a single read may exceed them
 */
public record InboxLimits(int batches, long octets) {

    /** For an Inbox of tasks that something else bounds. */
    public static final InboxLimits NONE = new InboxLimits(Integer.MAX_VALUE, Long.MAX_VALUE);
}
