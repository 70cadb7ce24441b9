package org.stampede.security;

/**
 * Decides what rules cannot say, for example whether a user is a member of a room. Must be thread-safe. It may take its time: it
 * holds up the one session only. It is called in a CDI request context. What it throws ends the session with "Internal error".
 */
@FunctionalInterface
public interface AccessCheck {

    /**
     * Whether somebody may do what he wants to. Never asked about a SUBSCRIBE with wildcards, which names no single destination:
     * that is denied.
     *
     * @param attempt who wants to do what
     * @return whether he may
     */
    boolean allows(AccessAttempt attempt);
}
