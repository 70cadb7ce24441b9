package org.stampede.container;

import jakarta.annotation.Resource;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.inject.Inject;
import org.stampede.messaging.Messenger;

/** An enterprise bean whose transactions are the container's, in calls and in timers. Thread-safe by the container's lock. */
@Singleton
public class LedgerTimer {

    @Inject
    Messenger messenger;

    @Resource
    SessionContext context;

    /** Speaks in the transaction of the call. */
    public void speak(String text) {
        messenger.send(Ledger.TOPIC, text);
        messenger.immediately().send(Ledger.TOPIC, "at once");
        if (text.equals("bad")) {
            context.setRollbackOnly();
        }
    }

    /** Speaks in the transaction of a timer. */
    public void speakSoon(String text) {
        context.getTimerService().createSingleActionTimer(1, new TimerConfig(text, false));
    }

    @Timeout
    void timeout(Timer timer) {
        speak((String) timer.getInfo());
    }
}
