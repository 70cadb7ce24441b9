package org.stampede.library.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.stampede.messaging.Destination;
import org.stampede.messaging.DestinationVariable;
import org.stampede.messaging.Disconnected;
import org.stampede.messaging.Header;
import org.stampede.messaging.Messenger;
import org.stampede.messaging.SendTo;
import org.stampede.messaging.SendToUser;
import org.stampede.messaging.SessionEvent;
import org.stampede.messaging.Subscribed;
import org.stampede.messaging.SubscriptionEvent;

/** An application that is not the sample: rooms in which people talk, and newcomers hear what was said. Thread-safe. */
@ApplicationScoped
public class ChatRoom {

    @Inject
    Guest guest;

    @Inject
    Messenger messenger;

    /** Guarded by this. */
    private final Map<String, List<Line>> said = new HashMap<>();

    /** Somebody says who he is; the reply is what he will be called. */
    String enter(@Observes @Destination("/app/enter") String name) {
        guest.introduce(name.strip());
        return "Welcome, " + guest.name() + "!";
    }

    /** Everybody in the room hears the line; who said it is told, alone, how many the room has heard by now. */
    @SendToUser("/queue/said")
    synchronized int say(
            @Observes @Destination("/app/room.{room}") Line line, @DestinationVariable("room") String room) {
        Line signed = new Line(guest.name(), line.text());
        lines(room).add(signed);
        messenger.send("/topic/room." + room, signed);
        return lines(room).size();
    }

    /** A newcomer hears all that was said, and then each line once: the lock keeps others from talking in between. */
    synchronized void catchUp(@Observes @Subscribed("/topic/room.{room}") SubscriptionEvent newcomer) {
        lines(newcomer.variable("room")).forEach(newcomer::sendSnapshot);
    }

    /** Somebody is about to say something. Nothing is kept of it, so what is returned goes straight to the others. */
    @SendTo("/topic/room.{room}.typing")
    String typing(@Observes @Destination("/app/room.{room}.typing") String nothing) {
        return guest.name();
    }

    /** The last lines of a room, as the reply. */
    synchronized List<Line> history(
            @Observes @Destination("/app/room.{room}.history") String nothing,
            @DestinationVariable("room") String room,
            @Header(value = "last", defaultValue = "10") int last) {
        List<Line> all = lines(room);
        return List.copyOf(all.subList(Math.max(0, all.size() - last), all.size()));
    }

    /** Whichever way a session ends, the others hear who has left. */
    void leave(@Observes @Disconnected SessionEvent session) {
        messenger.send("/topic/left", guest.name());
    }

    private List<Line> lines(String room) {
        return said.computeIfAbsent(room, name -> new ArrayList<>());
    }
}
