package org.stampede.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserDestinationTest {

    @ParameterizedTest
    @CsvSource({
        "/user/bob/queue/x, bob, /queue/x",
        "/user/a%2Fb/queue/x, a/b, /queue/x",
        "/user/a+b%20c/q, a+b c, /q",
        "/user/%C3%BC%F0%9F%98%80@x.org/q, ü😀@x.org, /q",
        "/user/100%25/q, 100%, /q",
        "/user/ü/q, ü, /q",
        "/user/bob//, bob, //"
    })
    void sendNamesAUserAndAPlace(String destination, String user, String place) {
        assertThat(UserDestination.parse(destination)).contains(new UserDestination(user, place));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/user",
                "/user/",
                "/user/bob",
                "/user/bob/",
                "/user//queue/x",
                "/users/bob/q",
                "user/bob/q",
                "/user/a%/q",
                "/user/a%2/q",
                "/user/a%zz/q",
                "/user/a%-1/q",
                "/topic/a"
            })
    void anythingElseNamesNone(String destination) {
        assertThat(UserDestination.parse(destination)).isEmpty();
    }

    @Test
    void destinationsForUsersAreKnownByTheirBeginning() {
        assertThat(UserDestination.isUserDestination("/user/queue/x")).isTrue();
        assertThat(UserDestination.isUserDestination("/users/queue/x")).isFalse();
        assertThat(UserDestination.isUserDestination("/user")).isFalse();
        assertThat(UserDestination.isUserDestination("/USER/a")).isFalse();
    }

    @Test
    void privateDestinationIsTheSameFromBothEnds() {
        String subscribed = UserDestination.privateTo("secret", "/user/queue/x");
        String sent = UserDestination.privateTo(
                "secret",
                UserDestination.parse("/user/bob/queue/x").orElseThrow().destination());
        assertThat(subscribed).isEqualTo(sent);
        assertThat(UserDestination.isPrivate(subscribed)).isTrue();
    }

    @Test
    void privateDestinationsOfTwoSessionsDiffer() {
        assertThat(UserDestination.privateTo("a", "/queue/x")).isNotEqualTo(UserDestination.privateTo("b", "/queue/x"));
        // Were the slash not demanded, one secret and a name could look like another secret.
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UserDestination.privateTo("a", "b/queue/x"))
                .withMessage("The destination b/queue/x must begin with a slash.");
    }

    @Test
    void privateDestinationBeginsWithWhatClientsMayNotSay() {
        String destination = UserDestination.privateTo("secret", "/queue/x");
        assertThat(Character.isISOControl(destination.charAt(0))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/user/queue/x", "/queue/x", "secret/queue/x", ""})
    void whatClientsCanSayIsNeverPrivate(String destination) {
        assertThat(UserDestination.isPrivate(destination)).isFalse();
        assertThat(UserDestination.visible(destination)).isEqualTo(destination);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/user/queue/x", "/user/queue/*", "/user/topic.a.#", "/user/user/x"})
    void clientSeesWhatItAskedFor(String destination) {
        assertThat(UserDestination.visible(UserDestination.privateTo("secret", destination)))
                .isEqualTo(destination)
                .doesNotContain("secret");
    }
}
