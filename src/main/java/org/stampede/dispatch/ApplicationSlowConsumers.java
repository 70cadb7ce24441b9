package org.stampede.dispatch;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Instance;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.stampede.broker.embedded.SlowSubscriptions;
import org.stampede.destination.DestinationPattern;
import org.stampede.destination.UserDestination;
import org.stampede.messaging.SlowConsumerCounts;
import org.stampede.messaging.SlowConsumerEvent;
import org.stampede.messaging.SlowConsumers;
import org.stampede.security.Peer;

/** What the application wants done about slow clients, by its bean of {@link SlowConsumers}, if it has one. Thread-safe. */
public final class ApplicationSlowConsumers implements SlowSubscriptions, SlowConsumerCounts {

    private static final Logger LOG = System.getLogger(ApplicationSlowConsumers.class.getName());

    private record Rule(DestinationPattern pattern, Policy policy) {}

    private final List<Rule> rules;
    private final Event<SlowConsumerEvent> event;
    private final RequestScope requests;
    private final Executor executor;
    private final LongAdder conflated = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder episodes = new LongAdder();

    private ApplicationSlowConsumers(
            List<Rule> rules, Event<SlowConsumerEvent> event, RequestScope requests, Executor executor) {
        this.rules = rules;
        this.event = event;
        this.requests = requests;
        this.executor = executor;
    }

    /**
     * The rules of an application.
     *
     * @param beans    its beans of this type: one or none
     * @param executor where observers are told
     * @throws IllegalStateException    if there are several
     * @throws IllegalArgumentException if a pattern is malformed
     */
    public static ApplicationSlowConsumers of(
            Instance<SlowConsumers> beans, Event<Object> events, RequestScope requests, Executor executor) {
        if (beans.isAmbiguous()) {
            throw new IllegalStateException("An application has one bean of SlowConsumers, but here are several.");
        }
        var rules = beans.isResolvable() ? beans.get().rules() : List.<SlowConsumers.Rule>of();
        return new ApplicationSlowConsumers(
                rules.stream().map(ApplicationSlowConsumers::rule).toList(),
                events.select(SlowConsumerEvent.class),
                requests,
                executor);
    }

    private static Rule rule(SlowConsumers.Rule rule) {
        var policy = Policy.valueOf(rule.policy().name());
        return new Rule(DestinationPattern.ofApplication(rule.pattern()), policy);
    }

    @Override
    public Policy policyOf(DestinationPattern pattern) {
        return rules.stream()
                .filter(rule -> rule.pattern().covers(pattern))
                .findFirst()
                .map(Rule::policy)
                .orElse(Policy.DISCONNECT);
    }

    @Override
    public void leftOut(Policy policy) {
        (policy == Policy.CONFLATE ? conflated : dropped).increment();
    }

    @Override
    public void episode(Peer peer, DestinationPattern pattern, Policy policy, long leftOut) {
        episodes.increment();
        var told = new SlowConsumerEvent(
                peer.sessionId(),
                peer.user(),
                UserDestination.visible(pattern.text()),
                SlowConsumers.Policy.valueOf(policy.name()),
                leftOut);
        try {
            executor.execute(() -> tell(told));
        } catch (RejectedExecutionException | IllegalStateException e) {
            LOG.log(Level.DEBUG, "The application ends, and does not hear of a slow client.", e);
        }
    }

    private void tell(SlowConsumerEvent told) {
        LifeCycleEvents.attempt(() -> requests.call(() -> {
            event.fire(told);
            return told;
        }));
    }

    @Override
    public long conflated() {
        return conflated.sum();
    }

    @Override
    public long dropped() {
        return dropped.sum();
    }

    @Override
    public long episodes() {
        return episodes.sum();
    }
}
