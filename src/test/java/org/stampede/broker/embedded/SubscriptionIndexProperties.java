package org.stampede.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.stampede.destination.DestinationPattern;
import org.stampede.destination.UserDestination;

final class SubscriptionIndexProperties {

    /** A pattern, and whether it is removed again. */
    record Added(DestinationPattern pattern, boolean removed) {}

    @Property
    void findsWhatMatchesAndNothingElse(
            @ForAll("additions") List<Added> additions, @ForAll("destinations") List<String> destinations) {
        var index = new SubscriptionIndex<Added>();
        additions.forEach(added -> index.add(added.pattern(), added));
        var live = new ArrayList<>(additions);
        for (Added added : additions) {
            if (added.removed()) {
                index.remove(added.pattern(), added);
                live.remove(added);
            }
        }

        for (String destination : destinations) {
            var found = new ArrayList<Added>();
            index.visit(destination, found::add);
            assertThat(found).containsExactlyInAnyOrderElementsOf(naively(live, destination));
        }
    }

    private static List<Added> naively(List<Added> live, String destination) {
        return live.stream()
                .filter(added -> isPrivate(added.pattern().text()) == isPrivate(destination))
                .filter(added -> added.pattern().matches(destination))
                .toList();
    }

    private static boolean isPrivate(String text) {
        return UserDestination.isPrivate(text);
    }

    @Provide
    Arbitrary<List<Added>> additions() {
        var rest = Arbitraries.of("", "/**", ".#", "/>");
        var pattern = Combinators.combine(text("a", "b", "", "*"), rest)
                .as((start, end) -> start + end)
                .filter(text -> !text.isEmpty())
                .map(DestinationPattern::ofSubscription);
        return Combinators.combine(pattern, Arbitraries.of(true, false, false))
                .as(Added::new)
                .list()
                .ofMaxSize(30);
    }

    @Provide
    Arbitrary<List<String>> destinations() {
        return text("a", "b", "").list().ofMinSize(1).ofMaxSize(10);
    }

    private static Arbitrary<String> text(String... parts) {
        var beginning = Arbitraries.of("", "", "", "\u0001s", "a");
        var part = Combinators.combine(Arbitraries.of("/", "/", "."), Arbitraries.of(parts))
                .as(String::concat);
        return Combinators.combine(beginning, part.list().ofMaxSize(4))
                .as((start, more) -> start + String.join("", more));
    }
}
