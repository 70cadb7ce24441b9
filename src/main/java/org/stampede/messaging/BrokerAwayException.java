package org.stampede.messaging;

/**
 * The broker behind the relay is out of reach, or did not confirm a message. A handler that lets it pass has its sender told so by a
 * problem of status 503 or 504. Without a relay it is never thrown.
 */
public final class BrokerAwayException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final boolean perhapsSent;

    /**
     * The broker is away.
     *
     * @param message     what is known
     * @param perhapsSent whether the broker may have the message all the same
     */
    public BrokerAwayException(String message, boolean perhapsSent) {
        super(message);
        this.perhapsSent = perhapsSent;
    }

    /**
     * Whether the broker may have the message all the same.
     *
     * @return false if it was not sent
     */
    public boolean isPerhapsSent() {
        return perhapsSent;
    }
}
