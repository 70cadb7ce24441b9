package org.stampede.broker.embedded;

import org.stampede.destination.DestinationPattern;
import org.stampede.security.Peer;

/** Tells what is done for subscriptions whose clients are too slow, and is told when it is done. Thread-safe. */
public interface SlowSubscriptions {

    /** All are disconnected. */
    SlowSubscriptions DISCONNECTED = new SlowSubscriptions() {

        @Override
        public Policy policyOf(DestinationPattern pattern) {
            return Policy.DISCONNECT;
        }

        @Override
        public void leftOut(Policy policy) {}

        @Override
        public void episode(Peer peer, DestinationPattern pattern, Policy policy, long leftOut) {}
    };

    /** What is done when more messages come than a client reads. */
    enum Policy {
        /** Its session ends when its Outbox overflows. */
        DISCONNECT,
        /** The oldest that wait are left out. */
        DROP_OLDEST,
        /** Those that wait are left out when a newer one of their destination comes. */
        CONFLATE
    }

    /** What is done for a subscription to topics that needs no acknowledgement. */
    Policy policyOf(DestinationPattern pattern);

    /** A message was left out. Must not block. */
    void leftOut(Policy policy);

    /**
     * A message was left out, as none has been for a while. Must not block.
     *
     * @param leftOut how many were, since the subscription began
     */
    void episode(Peer peer, DestinationPattern pattern, Policy policy, long leftOut);
}
