package org.stampede.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.stampede.destination.DestinationPattern;
import org.stampede.security.AccessRules.Action;

/** A wildcard never gives a right that the single destinations do not. */
class AccessRulesProperties {

    private static final Peer A = new Peer("s", Optional.of(() -> "a"));
    private static final List<String> PARTS = List.of("a", "b", "");
    private static final List<String> SEPARATORS = List.of("/", ".");

    /** All destinations of up to three parts, which tell any two patterns of that many apart. */
    private static final List<String> DESTINATIONS = Stream.iterate(
                    Stream.concat(
                                    Stream.of("a", "b"),
                                    SEPARATORS.stream()
                                            .flatMap(s -> PARTS.stream().map(s::concat)))
                            .toList(),
                    shorter -> shorter.stream()
                            .flatMap(start -> SEPARATORS.stream()
                                    .flatMap(s -> PARTS.stream().map(part -> start + s + part)))
                            .toList())
            .limit(3)
            .flatMap(List::stream)
            .toList();

    private record Rule(String pattern, boolean allows) {}

    @Provide
    Arbitrary<String> patterns() {
        var part = Arbitraries.of("a", "b", "*");
        var separator = Arbitraries.of(SEPARATORS);
        var step = Combinators.combine(separator, part).as(String::concat);
        var rest = Arbitraries.of("", "", "/**", ".#");
        return Combinators.combine(step.list().ofMinSize(1).ofMaxSize(2), rest)
                .as((steps, end) -> String.join("", steps) + end);
    }

    @Provide
    Arbitrary<List<Rule>> rules() {
        var pattern = Arbitraries.oneOf(patterns(), patterns().map(text -> text.replaceFirst("\\*(?!\\*)", "{user}")));
        return Combinators.combine(pattern, Arbitraries.of(true, true, false))
                .as(Rule::new)
                .list()
                .ofMaxSize(4);
    }

    @Property(tries = 3_000)
    void whatAWildcardMatchesIsAllowedOneByOne(@ForAll("rules") List<Rule> drawn, @ForAll("patterns") String wanted) {
        var rules = built(drawn);
        var pattern = DestinationPattern.ofSubscription(wanted);
        boolean all = DESTINATIONS.stream()
                .filter(pattern::matches)
                .allMatch(destination -> rules.allows(Action.SUBSCRIBE, destination, A));
        if (rules.allows(Action.SUBSCRIBE, wanted, A)) {
            assertThat(all).as(rules.describe() + " for " + wanted).isTrue();
        }
    }

    @Property(tries = 3_000)
    void onePatternCoversAnotherOnlyIfItMatchesAllOfIt(
            @ForAll("patterns") String wider, @ForAll("patterns") String narrower) {
        var wide = DestinationPattern.ofSubscription(wider);
        var narrow = DestinationPattern.ofSubscription(narrower);
        boolean all = DESTINATIONS.stream().filter(narrow::matches).allMatch(wide::matches);
        assertThat(wide.covers(narrow)).as(wider + " covers " + narrower).isEqualTo(all);
    }

    /** Those that would never be reached are left out. */
    private static AccessRules built(List<Rule> drawn) {
        for (int size = drawn.size(); ; size--) {
            var rules = AccessRules.builder();
            drawn.stream().limit(size).forEach(rule -> {
                var grant = rules.subscribe(rule.pattern());
                if (rule.allows()) {
                    grant.permitAll();
                } else {
                    grant.denyAll();
                }
            });
            try {
                return rules.build();
            } catch (IllegalArgumentException e) {
                // One fewer.
            }
        }
    }
}
