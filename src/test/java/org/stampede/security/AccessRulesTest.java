package org.stampede.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stampede.security.AccessRules.Action.CONNECT;
import static org.stampede.security.AccessRules.Action.SEND;
import static org.stampede.security.AccessRules.Action.SUBSCRIBE;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccessRulesTest {

    private static final Peer STRANGER = new Peer("s1", Optional.empty());
    private static final Peer ANN = new Peer("s2", Optional.of(() -> "ann"), Set.of("trader"));
    private static final Peer BOB = new Peer("s3", Optional.of(() -> "bob"));

    private static Peer named(String name) {
        return new Peer("s4", Optional.of(() -> name));
    }

    private static boolean subscribes(AccessRules rules, Peer peer, String destination) {
        return rules.allows(SUBSCRIBE, destination, peer);
    }

    @Test
    void whatNoRuleNamesIsDenied() {
        var rules = AccessRules.builder().send("/app/a").permitAll().build();
        assertThat(rules.allows(SEND, "/app/a", STRANGER)).isTrue();
        assertThat(rules.allows(SEND, "/app/b", ANN)).isFalse();
        assertThat(rules.allows(SUBSCRIBE, "/app/a", ANN)).isFalse();
    }

    @Test
    void theFirstRuleThatMatchesDecides() {
        var rules = AccessRules.builder()
                .send("/app/secret.*")
                .denyAll()
                .send("/app/**")
                .permitAll()
                .build();
        assertThat(rules.allows(SEND, "/app/secret.x", ANN)).isFalse();
        assertThat(rules.allows(SEND, "/app/secret", ANN)).isTrue();
    }

    @Test
    void everybodyMayConnectUnlessARuleSaysOtherwise() {
        assertThat(AccessRules.builder().build().allows(CONNECT, "", STRANGER)).isTrue();
        var rules = AccessRules.builder().connect().authenticated().build();
        assertThat(rules.allows(CONNECT, "", STRANGER)).isFalse();
        assertThat(rules.allows(CONNECT, "", BOB)).isTrue();
    }

    @Test
    void rolesAreThoseOfTheUser() {
        var rules =
                AccessRules.builder().send("/app/a").roles("admin", "trader").build();
        assertThat(rules.allows(SEND, "/app/a", ANN)).isTrue();
        assertThat(rules.allows(SEND, "/app/a", BOB)).isFalse();
        assertThat(rules.allows(SEND, "/app/a", STRANGER)).isFalse();
        assertThat(rules.allows(SEND, "/app/a", new Peer("s", Optional.empty(), Set.of("trader"))))
                .as("roles of nobody")
                .isFalse();
        assertThat(rules.roles()).containsExactlyInAnyOrder("admin", "trader");
    }

    @Test
    void theVariableUserIsTheOwnNameAlone() {
        var rules = AccessRules.builder()
                .subscribe("/topic/orders.{user}")
                .permitAll()
                .build();
        assertThat(subscribes(rules, ANN, "/topic/orders.ann")).isTrue();
        assertThat(subscribes(rules, BOB, "/topic/orders.ann")).isFalse();
        assertThat(subscribes(rules, STRANGER, "/topic/orders.ann")).isFalse();
        assertThat(subscribes(rules, STRANGER, "/topic/orders.{user}")).isFalse();
        assertThat(subscribes(rules, ANN, "/topic/orders.*")).isFalse();
        assertThat(subscribes(rules, ANN, "/topic/orders.**")).isFalse();
    }

    @Test
    void noNameIsMistakenForAPatternOrForSeveralParts() {
        var rules = AccessRules.builder()
                .subscribe("/topic/of.{user}.{item}")
                .permitAll()
                .subscribe("/topic/of.{user}")
                .permitAll()
                .build();
        for (String evil : new String[] {"*", "**", "#", ">", "{user}", "a.*", "ann.x", "ann/x", "", "a%2Eb"}) {
            Peer peer = named(evil);
            assertThat(subscribes(rules, peer, "/topic/of.ann")).as(evil).isFalse();
            assertThat(subscribes(rules, peer, "/topic/of.ann.x")).as(evil).isFalse();
            assertThat(subscribes(rules, peer, "/topic/of.*")).as(evil).isFalse();
            assertThat(subscribes(rules, peer, "/topic/of.**")).as(evil).isFalse();
            assertThat(subscribes(rules, peer, "/topic/of." + AccessRules.asPart(evil)))
                    .as(evil)
                    .isEqualTo(!evil.isEmpty());
        }
        assertThat(AccessRules.asPart("ann.b@c/d")).isEqualTo("ann%2Eb@c%2Fd");
        assertThat(subscribes(rules, named("ann.b"), "/topic/of.ann%2Eb")).isTrue();
        assertThat(subscribes(rules, named("ann.b"), "/topic/of.ann.b")).isFalse();
    }

    @Test
    void aWildcardIsAllowedOnlyIfAllThatItMatchesIs() {
        var rules = AccessRules.builder()
                .subscribe("/topic/secret.**")
                .roles("trader")
                .subscribe("/topic/*.open")
                .permitAll()
                .subscribe("/topic/price.**")
                .permitAll()
                .build();
        assertThat(subscribes(rules, STRANGER, "/topic/price.*")).isTrue();
        assertThat(subscribes(rules, STRANGER, "/topic/price.**")).isTrue();
        assertThat(subscribes(rules, STRANGER, "/topic/*.open"))
                .as("secret.open")
                .isFalse();
        assertThat(subscribes(rules, ANN, "/topic/*.open")).isTrue();
        assertThat(subscribes(rules, ANN, "/topic/**")).isFalse();
        assertThat(subscribes(rules, ANN, "/topic/*")).isFalse();
        assertThat(subscribes(rules, ANN, "/topic/*.*")).isFalse();
        assertThat(subscribes(rules, ANN, "/**")).isFalse();
        assertThat(subscribes(rules, ANN, "#")).isFalse();
        assertThat(subscribes(rules, ANN, ">")).isFalse();
        assertThat(subscribes(rules, STRANGER, "/topic/price/*"))
                .as("another separator")
                .isTrue();
        assertThat(subscribes(rules, STRANGER, "/*/price.x")).isFalse();
    }

    @Test
    void aRuleThatOnlyTouchesAWildcardDoesNotAllowIt() {
        var rules = AccessRules.builder()
                .subscribe("/topic/a")
                .permitAll()
                .subscribe("/topic/b.*")
                .permitAll()
                .build();
        assertThat(subscribes(rules, ANN, "/topic/a")).isTrue();
        assertThat(subscribes(rules, ANN, "/topic/*")).isFalse();
        assertThat(subscribes(rules, ANN, "/topic/b.**")).isFalse();
        assertThat(subscribes(rules, ANN, "/topic/b.*")).isTrue();
    }

    @Test
    void aCheckSeesWhoWantsWhat() {
        var rules = AccessRules.builder()
                .subscribe("/topic/room.{room}")
                .check(attempt -> attempt.peer() == ANN
                        && attempt.action() == SUBSCRIBE
                        && attempt.destination().equals("/topic/room.blue")
                        && attempt.variable("room").equals("blue"))
                .build();
        assertThat(rules.askChecks()).isTrue();
        assertThat(subscribes(rules, ANN, "/topic/room.blue")).isTrue();
        assertThat(subscribes(rules, BOB, "/topic/room.blue")).isFalse();
        assertThat(subscribes(rules, ANN, "/topic/room.red")).isFalse();
    }

    @Test
    void aCheckIsNotAskedAboutWildcards() {
        var rules = AccessRules.builder()
                .subscribe("/topic/room.*")
                .check(attempt -> true)
                .subscribe("/topic/**")
                .permitAll()
                .build();
        assertThat(subscribes(rules, ANN, "/topic/room.*")).isFalse();
        assertThat(subscribes(rules, ANN, "/topic/**")).isFalse();
        assertThat(subscribes(rules, ANN, "/topic/hall.*")).isTrue();
    }

    @Test
    void aVariableThatIsNotThereIsAnError() {
        var rules = AccessRules.builder()
                .send("/app/a")
                .check(a -> a.variable("room").isEmpty())
                .build();
        assertThatThrownBy(() -> rules.allows(SEND, "/app/a", ANN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("{room}");
    }

    @Test
    void aNameInADestinationOfUsersHasOneFormOnly() {
        var rules = AccessRules.builder()
                .send("/user/ann/**")
                .denyAll()
                .send("/user/ann%2Eb/queue/x")
                .denyAll()
                .send("/user/**")
                .permitAll()
                .build();
        assertThat(rules.allows(SEND, "/user/bob/queue/x", BOB)).isTrue();
        assertThat(rules.allows(SEND, "/user/ann/queue/x", BOB)).isFalse();
        assertThat(rules.allows(SEND, "/user/%61nn/queue/x", BOB)).isFalse();
        assertThat(rules.allows(SEND, "/user/ann.b/queue/x", BOB)).isFalse();
        assertThat(rules.allows(SEND, "/user/ann%2eb/queue/x", BOB)).isFalse();
    }

    @Test
    void aStarWithinTheNameOfADestinationIsNoWildcard() {
        var rules = AccessRules.builder().send("/app/*").permitAll().build();
        assertThat(rules.allows(SEND, "/app/a*b", ANN)).isTrue();
    }

    @Test
    void allFaultsAreNamedAtOnce() {
        var rules = AccessRules.builder();
        rules.send("/app/x");
        rules.send("/app/{a")
                .permitAll()
                .subscribe("/topic/**")
                .permitAll()
                .subscribe("/topic/secret")
                .denyAll()
                .connect()
                .permitAll()
                .connect()
                .denyAll()
                .send("/app/{user}")
                .permitAll()
                .send("/app/ann")
                .denyAll()
                .send("/app/{user}")
                .denyAll()
                .send("/app/y")
                .roles()
                .subscribe("/topic/z");
        assertThatThrownBy(rules::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("""
                Wrong access rules:
                 - send /app/x: does not say who may.
                 - send /app/{a: In /app/{a a variable must be a whole part, such as {name} between separators.
                 - subscribe /topic/secret: is never reached, since subscribe /topic/** stands before it.
                 - connect: is never reached, since connect stands before it.
                 - send /app/{user}: is never reached, since send /app/{user} stands before it.
                 - send /app/y: names no role.
                 - subscribe /topic/z: does not say who may.""");
    }

    @Test
    void theRulesCanBeTold() {
        var rules = AccessRules.builder()
                .send("/app/a.{user}")
                .permitAll()
                .send("/app/a.**")
                .roles("x", "y")
                .subscribe("/topic/b")
                .authenticated()
                .build();
        assertThat(rules.describe())
                .containsExactly(
                        "connect: everybody",
                        "send /app/a.{user}: the user alone",
                        "send /app/a.**: roles x, y",
                        "subscribe /topic/b: whoever is logged in");
        assertThat(rules.whoMay(SEND, "/app/a.*")).containsExactly("the user alone at /app/a.{user}", "roles x, y");
        assertThat(rules.whoMay(SEND, "/app/**"))
                .containsExactly("the user alone at /app/a.{user}", "roles x, y at /app/a.**", "nobody");
        assertThat(rules.whoMay(SEND, "/app/z")).containsExactly("nobody");
    }
}
