package org.stampede.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.CONNECTED;
import static org.stampede.stomp.Command.ERROR;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.stomp.Command.RECEIPT;
import static org.stampede.testing.WireAssert.assertThat;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.stampede.messaging.Destination;
import org.stampede.security.AccessDeniedException;
import org.stampede.security.AccessRules;
import org.stampede.security.AccessRules.Action;
import org.stampede.security.Authenticator;
import org.stampede.security.Credentials;
import org.stampede.security.Identity;
import org.stampede.security.Peer;
import org.stampede.security.jwt.JwtAuthenticator;
import org.stampede.testing.TokenIssuer;

/** The code of {@code docs/security.md}, run. */
class SecurityGuideTest {

    @ApplicationScoped
    static class Memberships {
        boolean has(Peer peer, String room) {
            return peer.user().isPresent() && room.equals("blue");
        }
    }

    @ApplicationScoped
    static class Rules {

        @Produces
        @Singleton
        AccessRules rules(Memberships memberships) {
            return AccessRules.builder()
                    .connect()
                    .authenticated()
                    .subscribe("/topic/orders.{user}")
                    .permitAll()
                    .subscribe("/topic/room.{room}")
                    .check(wish -> memberships.has(wish.peer(), wish.variable("room")))
                    .subscribe("/topic/price.**")
                    .permitAll()
                    .subscribe("/user/**")
                    .permitAll()
                    .send("/app/admin.**")
                    .roles("admin")
                    .send("/app/**")
                    .roles("trader", "admin")
                    .build();
        }
    }

    @ApplicationScoped
    static class TokenRegister {
        CompletionStage<Optional<String>> find(String token) {
            return CompletableFuture.completedFuture(
                    Optional.of(token).filter("abc"::equals).map(good -> "ann"));
        }
    }

    @ApplicationScoped
    static class Tokens implements Authenticator {

        @Inject
        TokenRegister register;

        @Override
        public CompletionStage<Optional<Identity>> authenticate(Credentials credentials) {
            if (credentials.bearerToken().isEmpty()) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
            return register.find(credentials.bearerToken().get()).thenApply(name -> {
                if (name.isEmpty()) {
                    throw new AccessDeniedException("There is no such token.");
                }
                return Optional.of(Identity.of(name.get(), "trader"));
            });
        }
    }

    private static final TokenIssuer ISSUER = TokenIssuer.ec();

    @ApplicationScoped
    static class TokensOfConnect {

        @Produces
        @Singleton
        Authenticator tokens() {
            return JwtAuthenticator.configured();
        }
    }

    @ApplicationScoped
    @RolesAllowed("clerk")
    static class Cabinet {

        void file(@Observes @Destination("/app/file") String text) {}

        @RolesAllowed("chief")
        void shred(@Observes @Destination("/app/shred") String text) {}

        @PermitAll
        void ask(@Observes @Destination("/app/ask") String text) {
            if (text.contains("salary")) {
                throw new AccessDeniedException("Nobody asks that.");
            }
        }
    }

    @Test
    void theTokensOfTheGuideWork() throws Exception {
        try (var app = TestApplication.guarded(TokenRegister.class, Tokens.class)) {
            var ann = app.open("").say("CONNECT\naccept-version:1.2\nhost:x\nAuthorization:Bearer abc\n\n^@");
            assertThat(ann.wire).sent(CONNECTED, "user-name:ann").isOpen();
            var eve = app.open("").say("CONNECT\naccept-version:1.2\nhost:x\nAuthorization:Bearer x\n\n^@");
            app.later.runAll();
            assertThat(eve.wire).sent(ERROR, "message:Login failed");
        }
    }

    @Test
    void theJsonWebTokensOfTheGuideWork() throws Exception {
        System.setProperty("mp.jwt.verify.publickey", ISSUER.pem());
        System.setProperty("mp.jwt.verify.issuer", TokenIssuer.NAME);
        try (var app = TestApplication.guarded(TokensOfConnect.class)) {
            var ann = app.open("").say("CONNECT\naccept-version:1.2\npasscode:" + ISSUER.token("ann", 60) + "\n\n^@");
            assertThat(ann.wire).sent(CONNECTED, "user-name:ann").isOpen();
            var eve = app.open("").say("CONNECT\naccept-version:1.2\npasscode:" + ISSUER.token("eve", -1) + "\n\n^@");
            app.later.runAll();
            assertThat(eve.wire).sent(ERROR, "message:Login failed");
        } finally {
            System.clearProperty("mp.jwt.verify.publickey");
            System.clearProperty("mp.jwt.verify.issuer");
        }
    }

    @Test
    void theRolesOfTheGuideWork() throws Exception {
        try (var app = TestApplication.of(Cabinet.class)) {
            var clerk = app.connect("ann", "clerk").send("/app/file", "x");
            assertThat(clerk.wire).sent(RECEIPT);
            clerk.send("/app/shred", "x");
            assertThat(clerk.wire).sent(MESSAGE).withBodyContaining("403");
            clerk.send("/app/ask", "how much salary");
            assertThat(clerk.wire).sent(MESSAGE).withBodyContaining("403");
            assertThat(app.connect().send("/app/ask", "x").wire).sent(RECEIPT);
        }
    }

    @Test
    void theRulesOfTheGuideWork() throws Exception {
        try (var app = TestApplication.guarded(Memberships.class, Rules.class)) {
            var access = app.access();
            var ann = new Peer("s", Optional.of(() -> "ann"), Set.of("trader"));
            assertThat(access.allows(Action.CONNECT, "", new Peer("s", Optional.empty())))
                    .isFalse();
            assertThat(access.allows(Action.SUBSCRIBE, "/topic/orders.ann", ann))
                    .isTrue();
            assertThat(access.allows(Action.SUBSCRIBE, "/topic/orders.bob", ann))
                    .isFalse();
            assertThat(access.allows(Action.SUBSCRIBE, "/topic/room.blue", ann)).isTrue();
            assertThat(access.allows(Action.SUBSCRIBE, "/topic/room.red", ann)).isFalse();
            assertThat(access.allows(Action.SEND, "/app/order", ann)).isTrue();
            assertThat(access.allows(Action.SEND, "/app/admin.stop", ann)).isFalse();
        }
    }
}
