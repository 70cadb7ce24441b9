package org.stampede.session;

import org.stampede.security.AccessRules.Action;
import org.stampede.security.Peer;

/** Who may do what. Asked from the session's Inbox, and may take its time. Thread-safe. */
@FunctionalInterface
public interface AccessControl {

    /** Everybody may do everything. */
    AccessControl OPEN = (action, destination, peer) -> true;

    /**
     * Decides about a frame that is well formed.
     *
     * @param destination as the client named it; empty for CONNECT
     */
    boolean allows(Action action, String destination, Peer peer);

    /** Whether the application is asked, which may take its time. */
    default boolean asksApplication() {
        return false;
    }
}
