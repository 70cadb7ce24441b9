package org.stampede.client;

import java.time.Duration;

/**
 * No RECEIPT came in time. The frame may or may not have been processed: besides a slow server, the reason may be a handler
 * that failed, of which {@code /user/queue/errors} tells.
 */
public final class ReceiptTimeoutException extends StompClientException {

    private static final long serialVersionUID = 1L;

    ReceiptTimeoutException(Duration time) {
        super("No RECEIPT came within " + time.toMillis() + " ms.", null);
    }
}
