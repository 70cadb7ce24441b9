package org.stampede.library.accounts;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.stampede.messaging.Destination;
import org.stampede.messaging.Messenger;
import org.stampede.messaging.Offline;
import org.stampede.messaging.Online;
import org.stampede.messaging.PresenceEvent;
import org.stampede.messaging.SendTo;
import org.stampede.messaging.StompSessions;

/** Tells who comes and goes, and throws people out. Stateless. */
@ApplicationScoped
public class Doorkeeper {

    @Inject
    Messenger messenger;

    @Inject
    StompSessions sessions;

    void online(@Observes @Online PresenceEvent event) {
        messenger.send("/topic/door." + event.user(), event.user() + " is here");
    }

    void offline(@Observes @Offline PresenceEvent event) {
        messenger.send("/topic/door." + event.user(), event.user() + " has left");
    }

    @RolesAllowed("moderator")
    @SendTo("/topic/door.expelled")
    String expel(@Observes @Destination("/app/members.expel") String user) {
        return sessions.disconnectUser(user, "Mind your manners.") + " sessions of " + user + " expelled";
    }
}
