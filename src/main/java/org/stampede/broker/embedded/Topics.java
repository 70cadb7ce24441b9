package org.stampede.broker.embedded;

import java.time.InstantSource;

/** Gives each message of a topic to every subscription whose pattern covers its destination. Thread-safe. */
final class Topics {

    private final SubscriptionIndex<TopicSubscription> index = new SubscriptionIndex<>();
    private final MessageIds ids;
    private final InstantSource clock;

    Topics(MessageIds ids, InstantSource clock) {
        this.ids = ids;
        this.clock = clock;
    }

    void add(TopicSubscription subscription) {
        index.add(subscription.pattern(), subscription);
    }

    void remove(TopicSubscription subscription) {
        index.remove(subscription.pattern(), subscription);
    }

    /** Whether nobody subscribes to anything. */
    boolean isEmpty() {
        return index.isEmpty();
    }

    void publish(BrokerMessage message) {
        publish(message.destination(), message);
    }

    /** Gives a message to whoever subscribes to another destination than its own. */
    void publish(String route, BrokerMessage message) {
        if (!message.expiry().isPast(clock)) {
            var fanout = new Fanout(message, ids.nextMessage());
            index.visit(route, subscription -> subscription.publish(fanout));
            fanout.end();
        }
    }
}
