package org.stampede.messaging;

import java.util.ArrayList;
import java.util.List;

/**
 * What becomes of clients that read more slowly than messages come. An application may produce one bean of this type:
 *
 * <pre>{@code
 * @Produces @Singleton
 * SlowConsumers slowConsumers() {
 *     return SlowConsumers.builder()
 *             .conflate("/topic/price.**")
 *             .dropOldest("/topic/news.**")
 *             .build();
 * }
 * }</pre>
 *
 * <p>A subscription to topics with {@code ack:auto} is treated by the first rule whose pattern covers all that it asks for.
 * Every other subscription, and all without such a bean, are treated by {@link Policy#DISCONNECT}: no message is left out, and
 * the client is disconnected when too much waits for it.
 *
 * <p>Patterns are those of handlers. Of messages that are left out the client is not told; the application is, by a
 * {@link SlowConsumerEvent}. Messages of one destination stay in order. Immutable, thread-safe.
 */
public final class SlowConsumers {

    /** What is done when a client is too slow for a subscription. */
    public enum Policy {
        /** Its session ends when too much waits for it. */
        DISCONNECT,
        /** It misses the oldest of the messages that wait. */
        DROP_OLDEST,
        /** It gets only the newest message of each destination: made for values that change, such as prices. */
        CONFLATE
    }

    /**
     * The policy for a set of destinations.
     *
     * @param pattern which destinations
     * @param policy  what is done
     */
    public record Rule(String pattern, Policy policy) {}

    private final List<Rule> rules;

    private SlowConsumers(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * Begins a list of rules.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The rules, of which the first that covers a subscription counts.
     *
     * @return the rules in order; unmodifiable
     */
    public List<Rule> rules() {
        return rules;
    }

    /** Gathers rules, the most special ones first. Not thread-safe. */
    public static final class Builder {

        private final List<Rule> rules = new ArrayList<>();

        private Builder() {}

        /**
         * No message is left out; whoever is too slow is disconnected.
         *
         * @param pattern which destinations
         * @return this builder
         */
        public Builder disconnect(String pattern) {
            return rule(pattern, Policy.DISCONNECT);
        }

        /**
         * Whoever is too slow misses the oldest messages.
         *
         * @param pattern which destinations
         * @return this builder
         */
        public Builder dropOldest(String pattern) {
            return rule(pattern, Policy.DROP_OLDEST);
        }

        /**
         * Whoever is too slow gets only the newest message of each destination.
         *
         * @param pattern which destinations
         * @return this builder
         */
        public Builder conflate(String pattern) {
            return rule(pattern, Policy.CONFLATE);
        }

        private Builder rule(String pattern, Policy policy) {
            rules.add(new Rule(pattern, policy));
            return this;
        }

        /**
         * Ends the list.
         *
         * @return the rules so far
         */
        public SlowConsumers build() {
            return new SlowConsumers(rules);
        }
    }
}
