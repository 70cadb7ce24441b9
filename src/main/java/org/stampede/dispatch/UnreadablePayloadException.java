package org.stampede.dispatch;

/** The body of a message is not what its handler needs. The text is fit for the sender; that of the cause is not. */
final class UnreadablePayloadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadablePayloadException(String message) {
        super(message);
    }

    UnreadablePayloadException(String message, Throwable cause) {
        super(message, cause);
    }
}
