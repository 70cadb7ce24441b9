package org.stampede.security;

/**
 * A user may not do what he asks for. Thrown by a handler, or by what it calls, it earns the sender a problem of status 403, and
 * the session goes on.
 */
public class AccessDeniedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A refusal.
     *
     * @param message for the log of the server; it is not shown to the client
     */
    public AccessDeniedException(String message) {
        super(message);
    }
}
