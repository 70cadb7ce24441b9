package org.stampede.broker.relay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stampede.stomp.AckMode;

/**
 * What came on one connection of a session and waits for an acknowledgement. In the mode {@code client} an ACK is for all that came before
 * it (STOMP 1.2, section SUBSCRIBE ack Header), with some brokers even on other subscriptions; so what no client gets to see is
 * acknowledged only while no client has anything to acknowledge. Thread-safe.
 */
final class Unacknowledged {

    /** Of one subscription. */
    private static final class Tally {

        /** By the broker's ids, in order: whether the client has it. */
        private final Map<String, Boolean> messages = new LinkedHashMap<>();
        /** How many the client has. */
        private int withClient;
        /** How many of these are too old to be known still. */
        private int forgotten;
    }

    /** How many messages of a subscription are known. */
    private final int most;

    // Guarded by this.
    private final Map<OwnSubscription, Tally> tallies = new HashMap<>();

    Unacknowledged(int most) {
        this.most = most;
    }

    /** A client gets a message. */
    synchronized void delivered(OwnSubscription subscription, String id) {
        Tally tally = add(subscription, id, true);
        tally.withClient++;
    }

    /** No client gets a message. Returns the ids that are to be acknowledged now. */
    synchronized List<String> passedOver(OwnSubscription subscription, String id) {
        if (subscription.ackMode() != AckMode.CLIENT) {
            return List.of(id);
        }
        add(subscription, id, false);
        return due();
    }

    private Tally add(OwnSubscription subscription, String id, boolean withClient) {
        Tally tally = tallies.computeIfAbsent(subscription, key -> new Tally());
        tally.messages.put(id, withClient);
        if (tally.messages.size() > most) {
            var oldest = tally.messages.entrySet().iterator();
            tally.forgotten += oldest.next().getValue() ? 1 : 0;
            oldest.remove();
        }
        return tally;
    }

    /**
     * A client has acknowledged a message. Returns the ids that are to be acknowledged now.
     *
     * @param andBefore whether that is, in the mode {@code client}, for all before it: of a NACK not all brokers think so
     */
    synchronized List<String> settled(String id, boolean andBefore) {
        for (var entry : tallies.entrySet()) {
            Tally tally = entry.getValue();
            if (tally.messages.containsKey(id)) {
                if (andBefore && entry.getKey().ackMode() == AckMode.CLIENT) {
                    settleUpTo(tally, id);
                } else if (Boolean.TRUE.equals(tally.messages.remove(id))) {
                    tally.withClient--;
                }
                break;
            }
        }
        return due();
    }

    private static void settleUpTo(Tally tally, String id) {
        var messages = tally.messages.entrySet().iterator();
        int settled = tally.forgotten;
        boolean last = false;
        while (!last) {
            var message = messages.next();
            last = message.getKey().equals(id);
            settled += message.getValue() ? 1 : 0;
            messages.remove();
        }
        tally.withClient -= settled;
        tally.forgotten = 0;
    }

    /** A subscription has ended. Returns the ids that are to be acknowledged now. */
    synchronized List<String> ended(OwnSubscription subscription) {
        tallies.remove(subscription);
        return due();
    }

    /** The newest of each subscription, whose acknowledgement is for those before it, too. */
    private List<String> due() {
        if (tallies.values().stream().anyMatch(tally -> tally.withClient > 0)) {
            return List.of();
        }
        var due = new ArrayList<String>();
        for (Tally tally : tallies.values()) {
            tally.messages.keySet().stream().reduce((one, next) -> next).ifPresent(due::add);
        }
        tallies.clear();
        return due;
    }
}
