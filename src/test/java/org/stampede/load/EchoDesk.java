package org.stampede.load;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.stampede.messaging.Destination;
import org.stampede.messaging.Message;

/** A handler that answers. Stateless. */
@ApplicationScoped
public class EchoDesk {

    void echo(@Observes @Destination("/queue/echo") Echo echo, Message message) {
        message.reply("/queue/echo", echo);
    }
}
