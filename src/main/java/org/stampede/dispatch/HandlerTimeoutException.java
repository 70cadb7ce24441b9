package org.stampede.dispatch;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** A handler's stage did not complete in time. The text is fit for the sender. Immutable. */
final class HandlerTimeoutException extends TimeoutException {

    private static final long serialVersionUID = 1L;

    HandlerTimeoutException(Duration limit) {
        super("The handler had no result within " + limit.toMillis() + " ms.");
    }
}
