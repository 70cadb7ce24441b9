package org.stampede.broker.embedded;

/** How many messages there are, and of how many octets. Not thread-safe; guarded by the lock of the {@link Queues}. */
final class Load {

    private int messages;
    private long octets;

    void add(int weight) {
        messages++;
        octets += weight;
    }

    void remove(int weight) {
        messages--;
        octets -= weight;
    }

    int messages() {
        return messages;
    }

    long octets() {
        return octets;
    }
}
