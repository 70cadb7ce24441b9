package org.stampede.dispatch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which other servers are there, as far as they have said so lately. Not thread-safe. */
final class Roster {

    private final int most;
    /** How long a server is known that says nothing. */
    private final long patience;

    /** Server to when it was last heard of. */
    private final Map<String, Long> heard = new HashMap<>();

    Roster(NeighbourLimits limits) {
        most = limits.most();
        patience = limits.beat().multipliedBy(limits.missed()).toNanos();
    }

    /** A server has said that it is there; returns whether that is news. */
    boolean here(String server, long now) {
        boolean known = heard.containsKey(server);
        if (known || heard.size() < most) {
            heard.put(server, now);
        }
        return !known && heard.containsKey(server);
    }

    void gone(String server) {
        heard.remove(server);
    }

    /** Forgets who was silent for too long, and tells who that is. */
    List<String> forget(long now) {
        var silent = heard.entrySet().stream()
                .filter(entry -> now - entry.getValue() > patience)
                .map(Map.Entry::getKey)
                .toList();
        silent.forEach(heard::remove);
        return silent;
    }

    Set<String> servers() {
        return Set.copyOf(heard.keySet());
    }
}
