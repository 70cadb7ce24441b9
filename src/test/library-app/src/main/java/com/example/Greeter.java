package com.example;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.stampede.messaging.Destination;
import org.stampede.messaging.SendTo;

@ApplicationScoped
public class Greeter {

    @SendTo("/topic/greetings")
    String greet(@Observes @Destination("/app/greet") String name) {
        return "Hello " + name;
    }
}
