package org.stampede.stomp;

/** What was received is not a STOMP frame (1.2, section STOMP Frames). */
public final class MalformedFrameException extends StompException {

    private static final long serialVersionUID = 1L;

    /**
     * @param detail a full sentence: what was wrong and what was expected
     */
    public MalformedFrameException(String detail) {
        super("Malformed frame", detail);
    }
}
