package org.stampede.container;

import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.inject.Inject;

/** An enterprise bean with a timer, which may not be nested in another class. Thread-safe by the container's lock. */
@Singleton
public class NewsDeadline {

    @Inject
    NewsResource.Desk desk;

    @Resource
    TimerService timers;

    public void soon() {
        timers.createSingleActionTimer(1, new TimerConfig(null, false));
    }

    @Timeout
    void print() {
        desk.edit("evening");
    }
}
