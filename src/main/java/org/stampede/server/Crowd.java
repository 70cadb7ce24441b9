package org.stampede.server;

import java.util.HashMap;
import java.util.Map;
import org.stampede.dispatch.Networks;

/** How many connections come from where. Thread-safe. */
final class Crowd {

    /** Network to number; no zeroes. Guarded by this. */
    private final Map<String, Integer> connections = new HashMap<>();

    /** Counts one more; returns how many there are now. Where the address is not known, nothing is counted. */
    synchronized int enter(String address) {
        return address.isEmpty() ? 0 : connections.merge(Networks.of(address), 1, Integer::sum);
    }

    /** Counts one fewer. */
    synchronized void leave(String address) {
        connections.computeIfPresent(Networks.of(address), (network, count) -> count == 1 ? null : count - 1);
    }
}
