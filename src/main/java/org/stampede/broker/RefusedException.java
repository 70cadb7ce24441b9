package org.stampede.broker;

import org.stampede.stomp.StompException;

/** The broker cannot do what a frame asks for: an unknown message, a wildcard where none may be, a full queue. */
public final class RefusedException extends StompException {

    private static final long serialVersionUID = 1L;

    private final boolean wantOfRoom;

    /**
     * A frame that is wrong in itself.
     *
     * @param summary what was refused, in a few words
     * @param detail  a full sentence: what was wrong and what was expected
     */
    public RefusedException(String summary, String detail) {
        this(summary, detail, false);
    }

    private RefusedException(String summary, String detail, boolean wantOfRoom) {
        super(summary, detail);
        this.wantOfRoom = wantOfRoom;
    }

    /**
     * A frame that was refused because the broker is full.
     *
     * @param summary what was refused, in a few words
     * @param detail  a full sentence, with the limit and its setting
     */
    public static RefusedException forWantOfRoom(String summary, String detail) {
        return new RefusedException(summary, detail, true);
    }

    /** Whether the frame was right, but the broker is full. */
    public boolean isForWantOfRoom() {
        return wantOfRoom;
    }
}
