package org.stampede.container;

import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.inject.Inject;
import org.stampede.messaging.SendTo;

/** An enterprise bean, which may not be nested in another class. Thread-safe: the container lets one thread in at a time. */
@Singleton
@SendTo("/topic/tower")
public class Tower {

    @Resource
    TimerService timers;

    @Inject
    EchoDesk.Town town;

    /** Sends what it returns. */
    public String strike(int hours) {
        return "bong ".repeat(hours).trim();
    }

    /** Lets the timer run once. */
    public void wind() {
        timers.createSingleActionTimer(1, new TimerConfig("the hour", false));
    }

    @Timeout
    void hour(Timer timer) {
        town.cry(String.valueOf(timer.getInfo()));
    }
}
