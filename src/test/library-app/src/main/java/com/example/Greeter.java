package com.example;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.stampede.messaging.Destination;
import org.stampede.messaging.Messenger;

/** Greets everybody. */
@ApplicationScoped
public class Greeter {

    @Inject
    Messenger messenger;

    void greet(@Observes @Destination("/app/greet") String name) {
        messenger.send("/topic/greetings", "Hello " + name);
    }
}
