package org.stampede.broker.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.broker.RefusedException;
import org.stampede.broker.embedded.EmbeddedBrokerLimits;
import org.stampede.destination.DestinationPattern;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;

/** A name means to the broker what it means to the access rules, or it is refused. */
class DialectTest {

    private static DestinationPattern pattern(String destination) {
        return DestinationPattern.ofSubscription(destination);
    }

    private static Stream<Arguments> paddedNames() {
        var names = Stream.of(
                "/topic/ stampede.neighbours",
                "/topic/ secret",
                "/topic/secret ",
                "/topic/\u2003secret",
                "/topic/secret\t",
                "/topic/> ",
                "/topic/ ",
                "/queue/ secret",
                "/queue/secret ");
        return names.flatMap(name -> Stream.of(BrokerProfile.values()).map(profile -> Arguments.of(profile, name)));
    }

    @ParameterizedTest
    @MethodSource("paddedNames")
    void aNameNeitherBeginsNorEndsWithWhiteSpace(BrokerProfile profile, String name) {
        Dialect dialect = profile.dialect();
        assertThatThrownBy(() -> dialect.pattern(pattern(name)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("unfit");
        assertThatThrownBy(() -> dialect.single(name))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("unfit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/topic/ .*", "/topic/ a.**"})
    void noPatternDoesEither(String text) {
        assertThatThrownBy(() -> BrokerProfile.CLASSIC.dialect().pattern(pattern(text)))
                .isInstanceOf(RefusedException.class);
    }

    @ParameterizedTest
    @EnumSource(BrokerProfile.class)
    void whatIsSubscribedToIsWhatIsSentTo(BrokerProfile profile) {
        Dialect dialect = profile.dialect();
        for (String destination : new String[] {"/topic/a", "/topic/.a", "/topic/a..b", "/topic/a/b.c", "/queue/a b"}) {
            assertThat(dialect.pattern(pattern(destination))).isEqualTo(dialect.single(destination));
        }
    }

    @Test
    void aSecondSlashIsPartOfTheName() {
        Dialect classic = BrokerProfile.CLASSIC.dialect();
        assertThat(classic.pattern(pattern("/topic//secret"))).isEqualTo("/topic//secret");
        assertThat(classic.pattern(pattern("/topic//a.*"))).isEqualTo("/topic//a.*");
        assertThatThrownBy(() -> classic.pattern(pattern("/topic//*"))).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> BrokerProfile.ARTEMIS.dialect().pattern(pattern("/topic//secret")))
                .isInstanceOf(RefusedException.class);
    }

    @ParameterizedTest
    @EnumSource(BrokerProfile.class)
    void whoAsksForOneTopicHearsOfNoOther(BrokerProfile profile) {
        var topic = new SharedTopic(pattern("/topic/a"), Frame.of(Command.SUBSCRIBE), "route");
        Dialect dialect = profile.dialect();
        assertThat(topic.covers(dialect.ours(false, dialect.theirs(false, "a"))))
                .isTrue();
        assertThat(topic.covers(dialect.ours(false, dialect.theirs(false, "b"))))
                .isFalse();
        assertThat(topic.covers(dialect.ours(false, dialect.theirs(false, "stampede.neighbours"))))
                .isFalse();
    }

    /** At RabbitMQ an exchange of others may be bound to that of topics. */
    @Test
    void whatComesByWayOfAnExchangeIsHeard() {
        var topic = new SharedTopic(pattern("/topic/a"), Frame.of(Command.SUBSCRIBE), "route");
        assertThat(topic.covers(BrokerProfile.RABBITMQ.dialect().ours(false, "/exchange/others/a")))
                .isTrue();
    }

    private static Stream<Arguments> hiddenNames() {
        return Stream.of(
                Arguments.of(BrokerProfile.CLASSIC, "ActiveMQ.Advisory.Connection"),
                Arguments.of(BrokerProfile.CLASSIC, "stampede.neighbours"),
                Arguments.of(BrokerProfile.ARTEMIS, "activemq.notifications"),
                Arguments.of(BrokerProfile.ARTEMIS, "stampede.neighbours"),
                Arguments.of(BrokerProfile.RABBITMQ, "amq.rabbitmq.log"),
                Arguments.of(BrokerProfile.RABBITMQ, "stampede.neighbours"));
    }

    @ParameterizedTest
    @MethodSource("hiddenNames")
    void aWildcardHasNothingThatCannotBeAskedFor(BrokerProfile profile, String name) {
        Dialect dialect = profile.dialect();
        String destination = dialect.ours(false, dialect.theirs(false, name));
        for (String text : new String[] {"/topic/**", "/topic/*.*", "/topic/*.*.*"}) {
            var topic = new SharedTopic(pattern(text), Frame.of(Command.SUBSCRIBE), "route");
            assertThat(topic.covers(destination)).as(text).isFalse();
        }
        var topic = new SharedTopic(pattern("/topic/**"), Frame.of(Command.SUBSCRIBE), "route");
        assertThat(topic.covers(dialect.ours(false, dialect.theirs(false, "price.a"))))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(BrokerProfile.class)
    void noClientSetsTheHeadersOfServers(BrokerProfile profile) {
        var translator = new Translator(profile.dialect(), EmbeddedBrokerLimits.DEFAULTS);
        Frame sent = translator.send(
                RelayClient.sendFrame("/topic/a", "hello", "stampedeFor:/user/ann/x", "stampedeBy:me", "colour:red"));
        assertThat(sent.header("colour")).contains("red");
        assertThat(sent.headers().filter(name -> name.startsWith("stampede")).size())
                .isZero();
    }
}
