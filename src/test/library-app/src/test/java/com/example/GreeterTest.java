package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stampede.testkit.StompTestKit;

class GreeterTest {

    @RegisterExtension
    final StompTestKit kit = StompTestKit.of(Greeter.class);

    @Test
    void everybodyHearsTheGreeting() {
        var bob = kit.connect("bob").subscribe("/topic/greetings");

        kit.connect("ann").send("/app/greet", "Ann");

        assertEquals("Hello Ann", bob.expectMessage("/topic/greetings").text());
    }
}
