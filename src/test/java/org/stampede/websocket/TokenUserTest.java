package org.stampede.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Principal;
import java.time.Instant;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Test;

/** When the login of a user ends whom the server knows by a token. */
class TokenUserTest {

    /** As servers have it: in a class that nobody else sees, and that inherits the interface. */
    private static final class Holder extends Token {
        private Holder(long end) {
            super(end);
        }
    }

    private static class Token implements JsonWebToken {

        private final long end;

        Token(long end) {
            this.end = end;
        }

        @Override
        public String getName() {
            return "ann";
        }

        @Override
        public Set<String> getClaimNames() {
            return Set.of("exp");
        }

        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // As the interface has it.
        public <T> T getClaim(String name) {
            return (T) Long.valueOf(end);
        }
    }

    @Test
    void aTokenTellsWhenItEnds() {
        assertThat(TokenUser.end(new Holder(1_800_000_000))).contains(Instant.ofEpochSecond(1_800_000_000));
    }

    @Test
    void aTokenWithoutEndAndOtherUsersTellNothing() {
        assertThat(TokenUser.end(new Holder(0))).isEmpty();
        assertThat(TokenUser.end((Principal) () -> "ann")).isEmpty();
    }
}
