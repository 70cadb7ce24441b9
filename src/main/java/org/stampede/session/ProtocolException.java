package org.stampede.session;

import org.stampede.stomp.Headers;
import org.stampede.stomp.StompException;

/** A frame is well formed, but has no place here: a missing header, an unknown id, a command out of turn. */
final class ProtocolException extends StompException {

    private static final long serialVersionUID = 1L;

    private final transient Headers headers;

    ProtocolException(String summary, String detail) {
        this(summary, detail, Headers.NONE);
    }

    /**
     * @param headers go into the ERROR frame besides the usual ones
     */
    ProtocolException(String summary, String detail, Headers headers) {
        super(summary, detail);
        this.headers = headers;
    }

    Headers headers() {
        return headers;
    }
}
