package org.stampede.broker.embedded;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * One session as the queues see it: how much of theirs is on its way to the network, so that no backlog can make its Outbox
 * overflow, and which subscriptions wait until there is room again. Not thread-safe; guarded by the lock of the
 * {@link Queues}.
 */
final class SendWindow {

    private final int mostMessages;
    private final long mostOctets;
    private int messages;
    private long octets;
    private boolean gone;
    /** Subscriptions whose queue has something for them, but there is no room. */
    private final LinkedHashSet<QueueSubscription> parked = new LinkedHashSet<>();
    /** Subscriptions that are alive, or have messages on their way. */
    private final Set<QueueSubscription> subscriptions = new HashSet<>();

    private Optional<Hold> hold = Optional.empty();

    SendWindow(EmbeddedBrokerLimits limits) {
        this.mostMessages = limits.unwrittenMessages();
        this.mostOctets = limits.unwrittenOctets();
    }

    /** Whether a message of this weight may be sent now; one alone always may. */
    boolean hasRoom(int weight) {
        return messages == 0 || (messages < mostMessages && octets + weight <= mostOctets);
    }

    void take(int weight) {
        messages++;
        octets += weight;
    }

    /** Gives room back; returns the subscriptions that may try again, once half of the room is free. */
    List<QueueSubscription> release(int weight) {
        messages--;
        octets -= weight;
        if (parked.isEmpty() || messages > mostMessages / 2 || octets > mostOctets / 2) {
            return List.of();
        }
        var free = new ArrayList<>(parked);
        parked.clear();
        return free;
    }

    void park(QueueSubscription subscription) {
        parked.add(subscription);
    }

    void add(QueueSubscription subscription) {
        subscriptions.add(subscription);
    }

    void remove(QueueSubscription subscription) {
        subscriptions.remove(subscription);
        parked.remove(subscription);
    }

    /** The session gets nothing more. */
    void close() {
        gone = true;
        parked.clear();
    }

    boolean isGone() {
        return gone;
    }

    List<QueueSubscription> subscriptions() {
        return List.copyOf(subscriptions);
    }

    /** Whether the session has messages of any queue to acknowledge. */
    boolean owes() {
        return subscriptions.stream().anyMatch(QueueSubscription::owes);
    }

    /** Whether the session has messages of this queue to acknowledge. */
    boolean owes(Queue queue) {
        return subscriptions.stream().anyMatch(subscription -> subscription.isOf(queue) && subscription.owes());
    }

    /** Whether the session brings more to queues than is fetched, and shall bring no more for a while. */
    Optional<Hold> hold() {
        return hold;
    }

    /** Completed when the session may bring more to queues. */
    CompletionStage<Void> mayBringMore() {
        return hold.isPresent() ? hold.get().stage() : EmbeddedBroker.DONE;
    }

    void hold(Hold begun) {
        hold = Optional.of(begun);
    }

    void letGo() {
        hold = Optional.empty();
    }
}
