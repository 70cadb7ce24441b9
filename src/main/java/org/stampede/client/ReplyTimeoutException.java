package org.stampede.client;

import java.time.Duration;

/** No reply came in time. The request may or may not have been processed, and perhaps nobody replies to such requests. */
public final class ReplyTimeoutException extends StompClientException {

    private static final long serialVersionUID = 1L;

    ReplyTimeoutException(Duration time) {
        super("No reply came within " + time.toMillis() + " ms.", null);
    }
}
