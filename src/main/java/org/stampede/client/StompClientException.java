package org.stampede.client;

import org.jspecify.annotations.Nullable;

/** What went wrong with something that was asked of a {@link StompClient} or a {@link ClientSession}. */
public abstract sealed class StompClientException extends RuntimeException
        permits ConnectionLostException,
                NotConnectedException,
                ProblemException,
                QueueFullException,
                ReceiptTimeoutException,
                ReplyTimeoutException,
                StompErrorException {

    private static final long serialVersionUID = 1L;

    StompClientException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
