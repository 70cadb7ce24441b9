package org.stampede.websocket;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.stampede.session.Connection;

/**
 * The connections that were opened by who is logged in to an HTTP session: an attribute of it that is told when the session ends. Jakarta
 * WebSocket (2.1, section 7.2) has the container close them, but not every container does. Elsewhere, or later, where the session is
 * restored from what was stored of it, there are none. Thread-safe.
 */
final class SessionSockets implements HttpSessionBindingListener, Serializable {

    private static final long serialVersionUID = 1L;
    private static final String ATTRIBUTE = "stampede.sockets";

    /** Guarded by this. */
    private final transient Set<Connection> open = new HashSet<>();
    /** Whether the HTTP session has ended. Guarded by this. */
    private transient boolean ended;

    /** Those of a session. */
    static SessionSockets of(HttpSession session) {
        return SessionAttributes.findOrMake(session, ATTRIBUTE, SessionSockets.class, SessionSockets::new);
    }

    /** Ends the connection with the HTTP session, which may have ended meanwhile. */
    void add(Connection connection) {
        synchronized (this) {
            if (!ended) {
                open.add(connection);
                return;
            }
        }
        connection.loggedOut();
    }

    /** The connection has ended. */
    synchronized void remove(Connection connection) {
        open.remove(connection);
    }

    @Override
    public void valueUnbound(HttpSessionBindingEvent event) {
        List<Connection> over;
        synchronized (this) {
            ended = true;
            over = List.copyOf(open);
            open.clear();
        }
        over.forEach(Connection::loggedOut);
    }

    private Object readResolve() {
        return new SessionSockets();
    }
}
