package org.stampede.websocket;

import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import java.util.function.Supplier;

/** What is kept in HTTP sessions. Thread-safe. */
final class SessionAttributes {

    /** Of two requests of a new session only one may make an attribute. */
    private static final Object MAKING = new Object();

    private SessionAttributes() {}

    /** The attribute, empty if nobody has made it. */
    static <T> Optional<T> find(HttpSession session, String name, Class<T> type) {
        return Optional.ofNullable(type.cast(session.getAttribute(name)));
    }

    /** The attribute, which is made if nobody has. */
    static <T> T findOrMake(HttpSession session, String name, Class<T> type, Supplier<T> maker) {
        synchronized (MAKING) {
            return find(session, name, type).orElseGet(() -> {
                T made = maker.get();
                session.setAttribute(name, made);
                return made;
            });
        }
    }
}
