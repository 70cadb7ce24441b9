package org.stampede.websocket;

import jakarta.websocket.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.util.Optional;
import org.stampede.transport.Reading;

/**
 * The reading of Undertow, which WildFly has. While messages wait for their handlers, Undertow reads on and keeps what it has read
 * without any bound, and who waits keeps one of its few threads from all others, and Jakarta WebSocket has no word for stopping it. So its own is used, by reflection: it cannot be had at
 * compile time without a dependency. Thread-safe.
 */
final class UndertowReading implements Reading {

    private static final Logger LOG = System.getLogger(UndertowReading.class.getName());

    private final Object channel;
    private final Method suspend;
    private final Method resume;

    private UndertowReading(Object channel) throws ReflectiveOperationException {
        this.channel = channel;
        this.suspend = channel.getClass().getMethod("suspendReceives");
        this.resume = channel.getClass().getMethod("resumeReceives");
    }

    /** Empty for the sessions of other containers. */
    static Optional<Reading> of(Session session) {
        try {
            Object channel = session.getClass().getMethod("getWebSocketChannel").invoke(session);
            return Optional.of(new UndertowReading(channel));
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }

    @Override
    public void pause() {
        call(suspend);
    }

    @Override
    public void resume() {
        call(resume);
    }

    private void call(Method method) {
        try {
            method.invoke(channel);
        } catch (ReflectiveOperationException e) {
            LOG.log(Level.WARNING, "Undertow did not " + method.getName() + ".", e);
        }
    }
}
