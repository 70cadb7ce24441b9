package org.stampede.library.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.stampede.security.AccessRules;

/** Everybody may talk and listen in rooms, and leave jobs; a desk is its user's, and rooms are closed by moderators. Stateless. */
@ApplicationScoped
public class ChatRules {

    @Produces
    @Singleton
    AccessRules rules() {
        return AccessRules.builder()
                .subscribe("/topic/desk.{user}")
                .permitAll()
                .subscribe("/topic/desk.**")
                .denyAll()
                .subscribe("/topic/staff.**")
                .roles("moderator")
                .subscribe("/topic/**")
                .permitAll()
                .subscribe("/user/**")
                .permitAll()
                .subscribe("/queue/jobs")
                .permitAll()
                .send("/app/enter")
                .permitAll()
                .send("/app/close.{room}")
                .roles("moderator")
                .send("/app/room.{room}")
                .permitAll()
                .send("/app/room.{room}.typing")
                .permitAll()
                .send("/app/room.{room}.history")
                .permitAll()
                .send("/app/members.*")
                .permitAll()
                .send("/queue/*")
                .permitAll()
                .build();
    }
}
