package org.stampede.broker;

import org.stampede.stomp.StompException;

/** The broker cannot do what a frame asks for: a full queue, an unknown message, a wildcard where none may be. */
public final class RefusedException extends StompException {

    private static final long serialVersionUID = 1L;

    /**
     * @param summary what was refused, in a few words
     * @param detail  a full sentence: what was wrong and what was expected
     */
    public RefusedException(String summary, String detail) {
        super(summary, detail);
    }
}
