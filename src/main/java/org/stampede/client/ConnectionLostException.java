package org.stampede.client;

import org.jspecify.annotations.Nullable;

/**
 * The connection could not be made, or ended before an answer came. What had been sent but not confirmed may or may not have
 * been processed.
 */
public final class ConnectionLostException extends StompClientException {

    private static final long serialVersionUID = 1L;

    ConnectionLostException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The failure itself if it is of this type, else one that it caused. */
    static ConnectionLostException of(Throwable failure) {
        return failure instanceof ConnectionLostException lost
                ? lost
                : new ConnectionLostException("The connection ended: " + failure.getMessage(), failure);
    }
}
