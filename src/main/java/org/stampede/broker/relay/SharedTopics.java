package org.stampede.broker.relay;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.stampede.broker.RefusedException;
import org.stampede.broker.embedded.EmbeddedBroker;
import org.stampede.destination.DestinationPattern;
import org.stampede.stomp.Frame;
import org.stampede.stomp.Quoted;

/**
 * The topics to which this node is subscribed, each once, however many of its sessions want it. What comes is fanned out by the
 * broker in memory. Thread-safe.
 */
final class SharedTopics {

    private static final Logger LOG = System.getLogger(SharedTopics.class.getName());

    private final RelaySettings settings;
    private final Translator translator;
    private final EmbeddedBroker local;
    private final Routes routes;
    /** Makes private destinations of this node. */
    private final Supplier<String> nextRoute;

    private final AtomicLong numbers = new AtomicLong();
    /** What is said of subscriptions. */
    private final Orders orders = new Orders();

    // Guarded by this.
    private final Map<String, SharedTopic> byText = new HashMap<>();
    private final Map<String, SharedTopic> byId = new HashMap<>();
    /** Null while there is no connection. */
    private @Nullable Upstream upstream;

    SharedTopics(
            RelaySettings settings,
            Translator translator,
            EmbeddedBroker local,
            Routes routes,
            Supplier<String> nextRoute) {
        this.settings = settings;
        this.translator = translator;
        this.local = local;
        this.routes = routes;
        this.nextRoute = nextRoute;
    }

    /**
     * A subscription of a session begins.
     *
     * @throws RefusedException if the broker cannot have such a subscription, or this node not one more
     */
    SharedTopic join(DestinationPattern pattern, RelaySession member) {
        SharedTopic topic;
        synchronized (this) {
            topic = byText.get(pattern.text());
            if (topic == null) {
                topic = add(pattern);
            }
            topic.members().add(member);
        }
        orders.say();
        return topic;
    }

    private SharedTopic add(DestinationPattern pattern) {
        if (byText.size() >= settings.topics()) {
            throw RefusedException.forWantOfRoom(
                    "Too many topics",
                    "This server is subscribed to " + settings.topics() + " topics already (setting "
                            + RelaySettings.TOPICS + ").");
        }
        String id = "t" + numbers.incrementAndGet();
        var topic = new SharedTopic(pattern, translator.sharedSubscription(pattern, id), nextRoute.get());
        routes.add(topic.route(), pattern);
        byText.put(topic.text(), topic);
        byId.put(topic.id(), topic);
        orders.add(upstream, on -> subscribe(topic, on));
        return topic;
    }

    private void subscribe(SharedTopic topic, Upstream on) {
        on.ask(topic.subscribe()).whenComplete((done, failure) -> {
            if (failure == null) {
                topic.ready().complete(null);
            } else if (causeOf(failure) instanceof RefusedException refusal) {
                refused(topic, refusal);
            }
        });
    }

    private static Throwable causeOf(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** The broker does not want it: neither do we then. */
    private void refused(SharedTopic topic, RefusedException refusal) {
        List<RelaySession> members;
        synchronized (this) {
            remove(topic);
            members = List.copyOf(topic.members());
            topic.members().clear();
        }
        LOG.log(
                Level.WARNING,
                () -> "The broker refuses a subscription to " + Quoted.of(topic.text()) + ": "
                        + Quoted.of(refusal.detail()));
        if (!topic.ready().completeExceptionally(refusal)) {
            members.forEach(member -> member.fail(refusal));
        }
    }

    private void remove(SharedTopic topic) {
        byText.remove(topic.text(), topic);
        byId.remove(topic.id(), topic);
        routes.remove(topic.route());
    }

    /** A subscription of a session ends. */
    void leave(SharedTopic topic, RelaySession member) {
        synchronized (this) {
            topic.members().remove(member);
            if (!topic.members().isEmpty() || !byId.containsKey(topic.id())) {
                return;
            }
            remove(topic);
            orders.add(upstream, on -> on.tell(topic.unsubscribe()));
        }
        orders.say();
    }

    /** There is a connection, on which nothing was subscribed to yet. */
    void up(Upstream fresh) {
        synchronized (this) {
            upstream = fresh;
            byId.values().forEach(topic -> orders.add(fresh, on -> subscribe(topic, on)));
        }
        orders.say();
    }

    void down() {
        synchronized (this) {
            upstream = null;
        }
    }

    /** Fans a MESSAGE out. */
    void message(Frame message) {
        SharedTopic topic;
        synchronized (this) {
            topic = byId.get(message.header("subscription").orElse(""));
        }
        if (topic == null) {
            // It came while the subscription was being ended.
            return;
        }
        String destination =
                translator.dialect().ours(false, message.header("destination").orElse(""));
        if (topic.covers(destination)) {
            try {
                local.forward(topic.route(), message.with(message.headers().with("destination", destination)));
            } catch (RefusedException e) {
                LOG.log(Level.DEBUG, () -> "A message of the broker was passed over: " + Quoted.of(e.detail()));
            }
        }
    }

    /** How many there are. */
    synchronized int count() {
        return byId.size();
    }
}
