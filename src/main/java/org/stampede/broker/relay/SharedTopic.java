package org.stampede.broker.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.stampede.destination.DestinationPattern;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;

/**
 * A topic, or a pattern of them, to which the node is subscribed once for all its sessions. Not thread-safe: guarded by the lock of
 * its {@link SharedTopics}, but for what is final.
 */
final class SharedTopic {

    private final DestinationPattern pattern;
    /** What to say to the broker, with the id that this subscription has there. */
    private final Frame subscribe;
    /** Where the sessions of this node are subscribed in its stead. */
    private final String route;
    /** Completed by the first RECEIPT of its SUBSCRIBE. */
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    private final List<RelaySession> members = new ArrayList<>();

    SharedTopic(DestinationPattern pattern, Frame subscribe, String route) {
        this.pattern = pattern;
        this.subscribe = subscribe;
        this.route = route;
    }

    String id() {
        return subscribe.header("id").orElse("");
    }

    String text() {
        return pattern.text();
    }

    String route() {
        return route;
    }

    CompletableFuture<Void> ready() {
        return ready;
    }

    /** One for each subscription. */
    List<RelaySession> members() {
        return members;
    }

    /** Whether a message of this destination is meant. */
    boolean covers(String destination) {
        return Dialect.covers(pattern, destination);
    }

    Frame subscribe() {
        return subscribe;
    }

    Frame unsubscribe() {
        return Frame.of(Command.UNSUBSCRIBE, "id", id());
    }
}
