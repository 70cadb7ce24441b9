package org.stampede.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationPatternTest {

    private static DestinationPattern subscription(String text) {
        return DestinationPattern.ofSubscription(text);
    }

    private static DestinationPattern application(String text) {
        return DestinationPattern.ofApplication(text);
    }

    @ParameterizedTest
    @CsvSource({
        "/topic/a, /topic/a",
        "a, a",
        "/topic//a, /topic//a",
        "/topic/a/, /topic/a/",
        "/topic/*, /topic/a",
        "/topic/*, /topic/{a}",
        "/*/a, /topic/a",
        "*, a",
        "*.b, a.b",
        "/topic/price.stock.*, /topic/price.stock.MMM",
        "/topic/price.*.MMM, /topic/price.stock.MMM",
        "/topic/*.stock.*, /topic/price.stock.MMM",
        "/topic/**, /topic/a",
        "/topic/#, /topic/a/b",
        "/topic/>, /topic/a.b/c",
        "/topic/**, /topic",
        "/topic/**, /topic/",
        "/topic/price.#, /topic/price",
        "/topic/price.>, /topic/price.stock.MMM",
        "**, anything/at.all",
        "/**, /topic/a",
        "#, a",
        ">, /a"
    })
    void matches(String pattern, String destination) {
        assertThat(subscription(pattern).matches(destination)).isTrue();
        assertThat(subscription(pattern).match(destination)).contains(Map.of());
        assertThat(application(pattern).matches(destination)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/topic/a, /topic/b",
        "/topic/a, /topic/A",
        "/topic/a, /topic.a",
        "/topic/a, /topic/a/",
        "/topic/a, topic/a",
        "/topic/*, /topic",
        "/topic/*, /topic/",
        "/topic/*, /topic/a/b",
        "/topic/*, /topic/a.b",
        "/topic/*, /topic.a",
        "/topic.*, /topic/a",
        "*, /a",
        "/*, a",
        "/topic/*/b, /topic//b",
        "/topic/**, /topics",
        "/topic/**, /queue/a",
        "/topic/price.#, /topic/prices",
        "/topic/#, /"
    })
    void doesNotMatch(String pattern, String destination) {
        assertThat(subscription(pattern).matches(destination)).isFalse();
        assertThat(subscription(pattern).match(destination)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/topic/**/a",
                "/topic/#.a",
                "/>/a",
                "/topic/a*",
                "/topic/*a",
                "/topic/***",
                "/topic/a**",
                "/topic/*.a*b"
            })
    void malformedPatternIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> subscription(text));
        assertThatIllegalArgumentException().isThrownBy(() -> application(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/a/{}", "/a/x{b}", "/a/{b}x", "/a/{b", "/a/b}", "/a/{b}{c}", "/a/{{b}}", "/a/{b.c}", "/{a}/{a}"
            })
    void malformedVariableIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> application(text)).withMessageStartingWith("In " + text);
        assertThat(subscription(text).matches(text)).isTrue();
    }

    @Test
    void faultsSayWhatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> subscription("/a/#/b"))
                .withMessage("In /a/#/b the wildcard # must be the last part.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> subscription("/a/b*"))
                .withMessage("In /a/b* the wildcard * must stand for a whole part, between separators.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> application("/a/x{b}"))
                .withMessage("In /a/x{b} a variable must be a whole part, such as {name} between separators.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> application("/{b}/{b}"))
                .withMessage("In /{b}/{b} the variable {b} is repeated.");
    }

    @Test
    void hashAndArrowWithinAPartAreLetters() {
        assertThat(subscription("/topic/c#").isWildcard()).isFalse();
        assertThat(subscription("/topic/a>b").matches("/topic/a>b")).isTrue();
    }

    @Test
    void variablesAreParts() {
        DestinationPattern pattern = application("/topic/{kind}.stock.{ticker}");
        assertThat(pattern.match("/topic/price.stock.MMM")).contains(Map.of("kind", "price", "ticker", "MMM"));
        assertThat(pattern.match("/topic/price.stock.")).isEmpty();
        assertThat(pattern.match("/topic/price.bond.MMM")).isEmpty();
        assertThat(pattern.hasVariable("kind")).isTrue();
        assertThat(pattern.hasVariable("stock")).isFalse();
        assertThat(pattern.isWildcard()).isTrue();
    }

    @Test
    void variablesComeInTheOrderOfThePattern() {
        assertThat(application("/{c}/{a}/{b}").match("/1/2/3").orElseThrow().keySet())
                .containsExactly("c", "a", "b");
    }

    @ParameterizedTest
    @CsvSource({
        "/topic/{x}, /topic/a, a",
        "/topic/{x}, /topic/*, *",
        "/topic/{x}, /topic/**, *",
        "/topic/{x}, **, *",
        "/topic/{x}.b, /topic/a.*, a",
        "/topic/{x}.b.**, /topic/a.b, a",
        "/topic/a/{x}, /topic/>, *"
    })
    void overlapOfTwoPatternsBindsVariables(String mine, String other, String x) {
        assertThat(application(mine).overlap(subscription(other))).contains(Map.of("x", x));
        assertThat(subscription(other).overlap(application(mine))).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "/topic/{x}, /queue/*",
        "/topic/{x}, /topic.*",
        "/topic/{x}.b, /topic/*",
        "/topic/a, /topic/b",
        "/topic/{x}, /topic/",
        "/topic/a.{x}, /topic/b.#"
    })
    void patternsWithNothingInCommonDoNotOverlap(String mine, String other) {
        assertThat(application(mine).overlap(subscription(other))).isEmpty();
        assertThat(subscription(other).overlap(application(mine))).isEmpty();
    }

    @Test
    void mostSpecificComesFirst() {
        List<String> ordered = List.of(
                "/topic/a/b",
                "/topic/a/{x}",
                "/topic/a/**",
                "/topic/{x}/b",
                "/topic/{x}/{y}",
                "/topic/**",
                "/{x}/a",
                "/**");
        assertThat(ordered.stream().map(DestinationPattern::ofApplication).sorted())
                .extracting(DestinationPattern::text)
                .containsExactlyElementsOf(ordered);
        assertThat(Stream.of("**", "/topic/a/**", "/topic/a")
                        .map(DestinationPattern::ofApplication)
                        .sorted())
                .extracting(DestinationPattern::text)
                .containsExactly("/topic/a", "/topic/a/**", "**");
    }

    @Test
    void orderAgreesWithEquality() {
        assertThat(application("/a/{x}")).isEqualTo(application("/a/{x}")).hasSameHashCodeAs(application("/a/{x}"));
        assertThat(application("/a/{x}")).isNotEqualTo(application("/a/{y}")).isNotEqualTo(subscription("/a/{x}"));
        assertThat(application("/a/{x}").compareTo(application("/a/{x}"))).isZero();
        assertThat(application("/a/{x}").compareTo(application("/a/{y}"))).isNegative();
        assertThat(application("/a/{x}")).hasToString("/a/{x}");
    }

    @Test
    void destinationIsDividedAtBothSeparators() {
        assertThat(DestinationPattern.split("/topic/a.b"))
                .extracting(part -> part.separator() + part.text())
                .containsExactly("/topic", "/a", ".b");
        assertThat(DestinationPattern.split("a..b/"))
                .extracting(part -> part.separator() + part.text())
                .containsExactly("\0a", ".", ".b", "/");
        assertThat(DestinationPattern.split("/")).hasSize(1);
        assertThat(DestinationPattern.split("")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "/topic/*, true",
        "/a.#, true",
        ">, true",
        "**, true",
        "/topic/a*, false",
        "/topic/c#, false",
        "'', false"
    })
    void wildcardsAreFoundInDestinations(String destination, boolean wildcard) {
        assertThat(DestinationPattern.hasWildcard(destination)).isEqualTo(wildcard);
    }

    @ParameterizedTest
    @ValueSource(strings = {"**", "/**", "#", ">", "*", "*/queue/x", "*/queue/*", "*/**", "*.#"})
    void noWildcardReachesWhatIsPrivate(String pattern) {
        String destination = UserDestination.privateTo("secret", "/queue/x");
        assertThat(subscription(pattern).matches(destination)).isFalse();
        assertThat(subscription(pattern).match(destination)).isEqualTo(Optional.empty());
        assertThat(subscription(destination).overlap(subscription(pattern))).isEmpty();
    }

    @Test
    void wildcardsWithinWhatIsPrivateMatch() {
        DestinationPattern pattern = subscription(UserDestination.privateTo("secret", "/queue/*"));
        assertThat(pattern.matches(UserDestination.privateTo("secret", "/queue/x")))
                .isTrue();
        assertThat(pattern.matches(UserDestination.privateTo("other", "/queue/x")))
                .isFalse();
    }
}
