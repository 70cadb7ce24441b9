package org.stampede.session;

import org.stampede.stomp.StompException;

/** The application does not want a frame or a client, though neither is wrong: ERROR, then close 1008. */
public final class PolicyException extends StompException {

    private static final long serialVersionUID = 1L;

    /**
     * @param reason what the application says to the client
     * @param detail a full sentence: what happened because of it
     */
    public PolicyException(String reason, String detail) {
        super(reason, detail);
    }

    /** The client could not prove who it is. It is told no more: neither what was wrong, nor whether there is such a user. */
    public static PolicyException loginFailed() {
        return new PolicyException("Login failed", "The client could not be logged in.");
    }

    /** The client may not do what it tried. It is told no more: neither which rule it was, nor whether there is such a place. */
    static PolicyException accessDenied() {
        return new PolicyException("Access denied", "The access rules do not allow this.");
    }
}
