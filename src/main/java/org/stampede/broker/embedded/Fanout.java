package org.stampede.broker.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.stampede.broker.BrokerSession;
import org.stampede.stomp.Frame;

/**
 * One message on its way to the subscriptions of a topic. Subscriptions of the same id that need no acknowledgement share one
 * frame: its {@code message-id} is unique within each session, since ids of subscriptions are, and it is encoded once. Thread-safe.
 */
final class Fanout {

    private final BrokerMessage message;
    private final String messageId;
    private final AtomicInteger frames = new AtomicInteger();
    private final Map<String, Frame> byId = new ConcurrentHashMap<>(2);
    private volatile boolean over;

    Fanout(BrokerMessage message, String messageId) {
        this.message = message;
        this.messageId = messageId;
    }

    BrokerMessage message() {
        return message;
    }

    int weight() {
        return message.weight();
    }

    /** The frame for subscriptions of this id. */
    Frame frame(String subscriptionId) {
        if (over) {
            return newFrame(subscriptionId);
        }
        Frame frame = byId.get(subscriptionId);
        return frame != null
                ? frame
                : byId.computeIfAbsent(subscriptionId, id -> newFrame(id).shared());
    }

    /** It has reached all subscriptions: where it still waits, it shall not keep what was made for the others. */
    void end() {
        over = true;
        byId.clear();
    }

    private Frame newFrame(String subscriptionId) {
        int number = frames.getAndIncrement();
        var headers = new ArrayList<>(List.of("message-id", number == 0 ? messageId : messageId + "-" + number));
        if (!subscriptionId.startsWith(BrokerSession.IMPLICIT_ID)) {
            headers.add("subscription");
            headers.add(subscriptionId);
        }
        return message.frame(headers);
    }
}
