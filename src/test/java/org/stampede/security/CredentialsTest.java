package org.stampede.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class CredentialsTest {

    private static final Peer PEER = new Peer("s", Optional.empty());

    private static Credentials with(String... headers) {
        var map = new java.util.HashMap<String, String>();
        for (int i = 0; i < headers.length; i += 2) {
            map.put(headers[i], headers[i + 1]);
        }
        return new Credentials(PEER, name -> Optional.ofNullable(map.get(name)));
    }

    @Test
    void aBearerTokenIsInTheAuthorization() {
        assertThat(with("Authorization", "Bearer abc").bearerToken()).contains("abc");
        assertThat(with("authorization", "bearer  abc ").bearerToken()).contains("abc");
        assertThat(with("Authorization", "Basic abc").bearerToken()).isEmpty();
        assertThat(with("Authorization", "Basic abc", "passcode", "x").bearerToken())
                .isEmpty();
    }

    @Test
    void aPasscodeWithoutLoginIsABearerToken() {
        assertThat(with("passcode", "abc").bearerToken()).contains("abc");
        assertThat(with("passcode", "abc", "login", "").bearerToken()).contains("abc");
        assertThat(with("passcode", "abc", "login", "ann").bearerToken()).isEmpty();
        assertThat(with("passcode", "").bearerToken()).isEmpty();
        assertThat(with().bearerToken()).isEmpty();
    }

    @Test
    void noSecretIsInTheText() {
        assertThat(with("passcode", "abc", "login", "ann", "Authorization", "Bearer def"))
                .hasToString("Credentials of session s");
    }
}
