package org.stampede.broker.relay;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.stampede.broker.embedded.SlowSubscriptions;
import org.stampede.destination.DestinationPattern;
import org.stampede.security.Peer;

/**
 * What the routes of this node stand for: what is done for slow clients is judged, and told, by the names that these use. Thread-safe.
 */
final class Routes implements SlowSubscriptions {

    private final SlowSubscriptions slow;
    private final Map<String, DestinationPattern> meant = new ConcurrentHashMap<>();

    Routes(SlowSubscriptions slow) {
        this.slow = slow;
    }

    void add(String route, DestinationPattern pattern) {
        meant.put(route, pattern);
    }

    void remove(String route) {
        meant.remove(route);
    }

    private DestinationPattern meant(DestinationPattern pattern) {
        return meant.getOrDefault(pattern.text(), pattern);
    }

    @Override
    public Policy policyOf(DestinationPattern pattern) {
        return slow.policyOf(meant(pattern));
    }

    @Override
    public void leftOut(Policy policy) {
        slow.leftOut(policy);
    }

    @Override
    public void episode(Peer peer, DestinationPattern pattern, Policy policy, long leftOut) {
        slow.episode(peer, meant(pattern), policy, leftOut);
    }
}
