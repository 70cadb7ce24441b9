package org.stampede.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stampede.destination.DestinationPattern;

final class SubscriptionIndexTest {

    private final SubscriptionIndex<String> index = new SubscriptionIndex<>();

    private void add(String... patterns) {
        List.of(patterns).forEach(p -> index.add(DestinationPattern.ofSubscription(p), p));
    }

    private List<String> find(String destination) {
        var found = new ArrayList<String>();
        index.visit(destination, found::add);
        return found;
    }

    @Test
    void bothSeparatorsCountAndDiffer() {
        add("/topic/*", "/topic.*", "/topic/a.*", "/topic/**");

        assertThat(find("/topic/a")).containsExactlyInAnyOrder("/topic/*", "/topic/**");
        assertThat(find("/topic.a")).containsExactlyInAnyOrder("/topic.*", "/topic/**");
        assertThat(find("/topic/a.b")).containsExactlyInAnyOrder("/topic/a.*", "/topic/**");
        assertThat(find("/topic")).containsExactly("/topic/**");
    }

    @Test
    void theCostDoesNotGrowWithSubscriptionsThatDoNotMatch() {
        add("/topic/price.stock.MMM", "/topic/price.stock.*", "/topic/**");
        int before = index.visit("/topic/price.stock.MMM", s -> {});

        for (int i = 0; i < 10_000; i++) {
            add("/topic/price.stock.T" + i, "/topic/other" + i + ".*", "/other" + i + "/**");
        }

        assertThat(index.visit("/topic/price.stock.MMM", s -> {}))
                .isEqualTo(before)
                .isEqualTo(6);
    }

    @Test
    void nothingIsLeftBehindOnceAllAreRemoved() {
        List<String> patterns = List.of("/a/b", "/a/*", "/a/**", "/a", "**", "/a/b", "\u0001s/queue/x");
        patterns.forEach(this::add);
        patterns.forEach(p -> index.remove(DestinationPattern.ofSubscription(p), p));

        assertThat(index.isEmpty()).isTrue();
        index.remove(DestinationPattern.ofSubscription("/never/added"), "");
    }
}
