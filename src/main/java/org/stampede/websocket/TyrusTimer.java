package org.stampede.websocket;

import jakarta.websocket.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * The idle timer of Tyrus, which Payara has. With each message, in and out, Tyrus schedules it anew on the managed scheduler, even if
 * the session has no idle time at all; Payara then looks through all of its jars for contexts to hand on, which costs several times
 * what the message does. Nothing in Jakarta WebSocket, and no setting, stops that. So a session is given, by reflection, a scheduler
 * that takes tasks and never runs them: heart-beats and pings tell of dead peers. Stateless.
 */
final class TyrusTimer {

    private static final Logger LOG = System.getLogger(TyrusTimer.class.getName());
    /** Has no thread, and is ended, so that it holds nothing. */
    private static final ScheduledExecutorService NEVER = never();

    private TyrusTimer() {}

    private static ScheduledExecutorService never() {
        var never = new ScheduledThreadPoolExecutor(
                0, Executors.defaultThreadFactory(), new ThreadPoolExecutor.DiscardPolicy());
        never.shutdown();
        return never;
    }

    /** Stops the timer of a session of Tyrus; other sessions are left as they are. */
    static void stop(Session session) {
        if (!session.getClass().getName().startsWith("org.glassfish.tyrus.")) {
            return;
        }
        try {
            Field scheduler = session.getClass().getDeclaredField("service");
            scheduler.setAccessible(true);
            scheduler.set(session, NEVER);
        } catch (ReflectiveOperationException | RuntimeException e) {
            // Another Tyrus than the ones that are known: it works, and costs what it costs.
            LOG.log(Level.DEBUG, "The idle timer of Tyrus cannot be stopped.", e);
        }
    }
}
