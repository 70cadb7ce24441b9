package org.stampede.library.accounts;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.Principal;
import org.stampede.messaging.Destination;
import org.stampede.messaging.Message;
import org.stampede.messaging.Sender;

/** For members only. Stateless. */
@ApplicationScoped
@RolesAllowed("member")
public class MembersDesk {

    void hello(@Observes @Destination("/app/members.hello") String text, @Sender Principal member, Message message) {
        message.reply("/queue/reply", "hello member " + member.getName());
    }

    @DenyAll
    void remove(@Observes @Destination("/app/members.remove") String text) {
        throw new AssertionError("Nobody may.");
    }
}
