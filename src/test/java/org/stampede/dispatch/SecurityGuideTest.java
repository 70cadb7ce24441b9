package org.stampede.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.stampede.security.AccessRules;
import org.stampede.security.AccessRules.Action;
import org.stampede.security.Peer;

/** The code of {@code docs/security.md}, run. */
class SecurityGuideTest {

    private static final Pattern CODE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

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

    @Test
    void theGuideShowsThisCode() throws Exception {
        String guide = Files.readString(Path.of("docs/security.md"));
        String source = Files.readString(Path.of("src/test/java/org/stampede/dispatch/SecurityGuideTest.java"));
        var code = CODE.matcher(guide).results().map(found -> found.group(1)).toList();
        assertThat(code).isNotEmpty();
        assertThat(code).allSatisfy(part -> assertThat(bare(source)).contains(bare(part)));
    }

    /** Rules are easier to read with one on a line, which the formatter does not keep. */
    private static String bare(String code) {
        return code.replace("static class", "class").replaceAll("\\s+", "");
    }
}
