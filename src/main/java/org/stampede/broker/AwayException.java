package org.stampede.broker;

import org.stampede.stomp.StompException;

/**
 * The broker is out of reach, so that a frame was not sent, or was not confirmed: then it is not known whether it was obeyed. No
 * fault of the client, whose session goes on.
 */
public final class AwayException extends StompException {

    private static final long serialVersionUID = 1L;

    private final boolean perhapsSent;

    private AwayException(String detail, boolean perhapsSent) {
        super("Broker away", detail);
        this.perhapsSent = perhapsSent;
    }

    /** Of a frame that was not sent. */
    public static AwayException notSent(String detail) {
        return new AwayException(detail, false);
    }

    /** Of a frame that was sent, or may have been. */
    public static AwayException perhapsSent(String detail) {
        return new AwayException(detail, true);
    }

    /** Whether the broker may have obeyed the frame all the same. */
    public boolean isPerhapsSent() {
        return perhapsSent;
    }
}
