package org.stampede.security;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.stampede.destination.DestinationPattern;
import org.stampede.destination.UserDestination;

/**
 * Who may connect, send and subscribe. An application produces one bean of this type; the first rule that matches decides, and
 * what no rule names is denied.
 *
 * <pre>{@code
 * @ApplicationScoped
 * class Rules {
 *     @Produces @Singleton
 *     AccessRules rules() {
 *         return AccessRules.builder()
 *                 .connect().authenticated()
 *                 .subscribe("/topic/orders.{user}").permitAll()
 *                 .subscribe("/topic/price.*").permitAll()
 *                 .subscribe("/user/**").permitAll()
 *                 .send("/app/admin.**").roles("admin")
 *                 .send("/app/**").roles("trader", "admin")
 *                 .build();
 *     }
 * }
 * }</pre>
 *
 * <p>Connecting gives no rights by itself: without a rule about it everybody may.
 *
 * <p>Patterns are those of handlers. The variable {@code {user}} stands for the name of the user alone, in the form that
 * {@link #asPart} gives it, so that the rule matches nothing of anybody else; if nobody is logged in, it matches nothing at all.
 *
 * <p>A SUBSCRIBE with wildcards is allowed only if it is sure that each destination it can match is: rules are gone through until
 * one covers them all, and none before may deny any of them. An {@link AccessCheck} in the way denies it.
 *
 * <p>Destinations are judged as the client names them: {@code /user/queue/x} for what it subscribes to for itself.
 *
 * <p>Immutable, thread-safe.
 *
 * @see <a href="https://stomp.github.io/stomp-specification-1.2.html#CONNECT_or_STOMP_Frame">STOMP 1.2, CONNECT</a>
 * @see <a href="https://stomp.github.io/stomp-specification-1.2.html#SEND">STOMP 1.2, SEND</a>
 * @see <a href="https://stomp.github.io/stomp-specification-1.2.html#SUBSCRIBE">STOMP 1.2, SUBSCRIBE</a>
 */
public final class AccessRules {

    /** What rules are about. */
    public enum Action {
        /** To begin a session. */
        CONNECT,
        /** To send a message to a destination. */
        SEND,
        /** To receive the messages of destinations. */
        SUBSCRIBE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Map<Action, List<AccessRule>> rules;

    private AccessRules(List<AccessRule> rules) {
        this.rules = rules.stream().collect(Collectors.groupingBy(AccessRule::action, Collectors.toUnmodifiableList()));
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
     * The name of a user as one part of a destination: {@code /}, {@code .}, wildcards and the like are written as in a URL,
     * {@code .} as {@code %2E}. This is what {@code {user}} matches, so send to {@code "/topic/orders." + asPart(name)}.
     *
     * @param user a name
     * @return the name, fit for a destination
     */
    public static String asPart(String user) {
        return UserDestination.partOf(user);
    }

    /**
     * Decides.
     *
     * @param action      what somebody wants to do
     * @param destination where, as the client names it; empty for {@link Action#CONNECT}
     * @param peer        who it is
     * @return whether he may
     * @throws IllegalArgumentException if a SUBSCRIBE has a malformed pattern
     */
    public boolean allows(Action action, String destination, Peer peer) {
        String named = action == Action.SEND ? UserDestination.canonical(destination) : destination;
        var wanted = action == Action.SUBSCRIBE
                ? DestinationPattern.ofSubscription(named)
                : DestinationPattern.ofDestination(named);
        for (AccessRule rule : of(action)) {
            var pattern =
                    rule.patternFor(peer).filter(bound -> bound.overlap(wanted).isPresent());
            if (pattern.isEmpty()) {
                continue;
            }
            var variables = rule.pattern().overlap(wanted).orElse(Map.of());
            if (!rule.grants(new AccessAttempt(action, named, variables, peer), wanted.isWildcard())) {
                return false;
            }
            if (pattern.get().covers(wanted)) {
                return true;
            }
        }
        return false;
    }

    private List<AccessRule> of(Action action) {
        return rules.getOrDefault(action, List.of());
    }

    /**
     * The rules, for a report.
     *
     * @return each as a line of text, in the order in which they are gone through, those for one action together
     */
    public List<String> describe() {
        return Arrays.stream(Action.values())
                .flatMap(action -> of(action).stream())
                .map(AccessRule::toString)
                .toList();
    }

    /**
     * Who may do something somewhere, for a report.
     *
     * @param action  what
     * @param pattern where: a pattern of the application
     * @return as text, one for each rule that has a say, in order; the last one is "nobody" if they leave something to no rule
     * @throws IllegalArgumentException if the pattern is malformed
     */
    public List<String> whoMay(Action action, String pattern) {
        var wanted = DestinationPattern.ofApplication(pattern);
        var who = new ArrayList<String>();
        for (AccessRule rule : of(action)) {
            if (rule.pattern().overlap(wanted).isPresent()) {
                boolean all = rule.decidesAll(wanted);
                who.add(rule.who() + (all ? "" : " at " + rule.pattern()));
                if (all) {
                    return who;
                }
            }
        }
        who.add(Permission.NOBODY.text());
        return who;
    }

    /**
     * The roles that the rules name: those that must be known of each user.
     *
     * @return their names
     */
    public Set<String> roles() {
        return all().flatMap(rule -> rule.permission().roles().stream()).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Whether a rule asks an {@link AccessCheck}.
     *
     * @return whether
     */
    public boolean askChecks() {
        return all().anyMatch(rule -> rule.permission().perPlace());
    }

    private Stream<AccessRule> all() {
        return rules.values().stream().flatMap(List::stream);
    }

    /** Gathers rules, the one to be asked first, first. Not thread-safe. */
    public static final class Builder {

        private final List<AccessRule> rules = new ArrayList<>();
        private final List<String> faults = new ArrayList<>();
        /** A rule that does not say who may; empty if there is none. */
        private Optional<String> unfinished = Optional.empty();

        private Builder() {}

        /**
         * A rule about connecting, the only one: it has no pattern, so that no second one would be reached.
         *
         * @return says who may
         */
        public Grant connect() {
            return rule(Action.CONNECT, "**");
        }

        /**
         * A rule about SEND.
         *
         * @param pattern the destinations
         * @return says who may
         */
        public Grant send(String pattern) {
            return rule(Action.SEND, pattern);
        }

        /**
         * A rule about SUBSCRIBE.
         *
         * @param pattern the destinations
         * @return says who may
         */
        public Grant subscribe(String pattern) {
            return rule(Action.SUBSCRIBE, pattern);
        }

        private Grant rule(Action action, String pattern) {
            String place = action == Action.CONNECT ? "connect" : action + " " + pattern;
            refuseUnfinished();
            unfinished = Optional.of(place);
            return new Grant(this, permission -> {
                unfinished = Optional.empty();
                try {
                    add(new AccessRule(action, DestinationPattern.ofApplication(pattern), permission));
                } catch (IllegalArgumentException e) {
                    faults.add(place + ": " + e.getMessage());
                }
            });
        }

        private void refuseUnfinished() {
            unfinished.ifPresent(place -> faults.add(place + ": does not say who may."));
            unfinished = Optional.empty();
        }

        private void add(AccessRule rule) {
            rules.stream()
                    .filter(earlier -> earlier.hides(rule))
                    .findFirst()
                    .ifPresent(earlier -> faults.add(
                            rule.place() + ": is never reached, since " + earlier.place() + " stands before it."));
            rules.add(rule);
        }

        /**
         * Ends the list.
         *
         * @return the rules
         * @throws IllegalArgumentException if some cannot work; the message names all of these
         */
        public AccessRules build() {
            refuseUnfinished();
            if (!faults.isEmpty()) {
                throw new IllegalArgumentException("Wrong access rules:\n - " + String.join("\n - ", faults));
            }
            var all = new ArrayList<>(rules);
            if (all.stream().noneMatch(rule -> rule.action() == Action.CONNECT)) {
                all.add(new AccessRule(Action.CONNECT, DestinationPattern.ofApplication("**"), Permission.EVERYBODY));
            }
            return new AccessRules(all);
        }
    }

    /** The second half of a rule: who may. Not thread-safe. */
    public static final class Grant {

        private final Builder builder;
        private final Consumer<Permission> end;

        private Grant(Builder builder, Consumer<Permission> end) {
            this.builder = builder;
            this.end = end;
        }

        /**
         * Everybody may, whether logged in or not.
         *
         * @return the builder
         */
        public Builder permitAll() {
            return of(Permission.EVERYBODY);
        }

        /**
         * Whoever is logged in may.
         *
         * @return the builder
         */
        public Builder authenticated() {
            return of(Permission.LOGGED_IN);
        }

        /**
         * Whoever has one of these roles may.
         *
         * @param roles at least one
         * @return the builder
         */
        public Builder roles(String... roles) {
            if (roles.length == 0) {
                builder.faults.add(builder.unfinished.orElse("a rule") + ": names no role.");
            }
            return of(Permission.ofRoles(List.of(roles)));
        }

        /**
         * Nobody may.
         *
         * @return the builder
         */
        public Builder denyAll() {
            return of(Permission.NOBODY);
        }

        /**
         * Whoever a check lets may. The bean with the producer can inject what the check needs.
         *
         * @param check decides for each single destination
         * @return the builder
         */
        public Builder check(AccessCheck check) {
            return of(Permission.of(check));
        }

        private Builder of(Permission permission) {
            end.accept(permission);
            return builder;
        }
    }
}
