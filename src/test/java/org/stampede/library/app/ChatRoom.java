package org.stampede.library.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.stampede.messaging.Destination;
import org.stampede.messaging.Message;
import org.stampede.messaging.Messenger;
import org.stampede.messaging.Subscribed;
import org.stampede.messaging.SubscriptionEvent;

/** An application that is not the sample: rooms in which people talk, and newcomers hear what was said. Thread-safe. */
@ApplicationScoped
public class ChatRoom {

    private final Map<String, List<Line>> said = new ConcurrentHashMap<>();

    @Inject
    Messenger messenger;

    void say(@Observes @Destination("/app/room.{room}") Line line, Message message) {
        String room = message.variable("room");
        Line signed = new Line(message.header("as").orElse("somebody"), line.text());
        lines(room).add(signed);
        messenger.send("/topic/room." + room, signed);
        message.reply("/queue/said", lines(room).size());
    }

    void catchUp(@Observes @Subscribed("/topic/room.{room}") SubscriptionEvent newcomer) {
        lines(newcomer.variable("room")).forEach(newcomer::send);
    }

    private List<Line> lines(String room) {
        return said.computeIfAbsent(room, name -> new CopyOnWriteArrayList<>());
    }
}
