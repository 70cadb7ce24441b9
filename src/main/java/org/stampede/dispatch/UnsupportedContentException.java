package org.stampede.dispatch;

import org.stampede.messaging.UnreadablePayloadException;

/** No converter reads a message's content type as what its handler observes. Immutable. */
final class UnsupportedContentException extends UnreadablePayloadException {

    private static final long serialVersionUID = 1L;

    UnsupportedContentException(String message) {
        super(message);
    }
}
