package org.stampede.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.stampede.stomp.Frame;

/** The server said ERROR, after which it closes the connection (STOMP 1.2, section ERROR). Immutable. */
public final class StompErrorException extends StompClientException {

    private static final long serialVersionUID = 1L;

    private final String summary;
    private final String detail;
    private final LinkedHashMap<String, String> headers;

    StompErrorException(Frame error) {
        super("The server said: " + error.header("message").orElse("ERROR"), null);
        this.summary = error.header("message").orElse("");
        this.detail = error.bodyText();
        this.headers = new LinkedHashMap<>(error.headerMap());
    }

    /** What was wrong, in a few words: the {@code message} header; empty if there is none. */
    public String summary() {
        return summary;
    }

    /** What was wrong, at length: the body; empty if there is none. */
    public String detail() {
        return detail;
    }

    /** All headers of the ERROR frame; unmodifiable. */
    public Map<String, String> headers() {
        return Collections.unmodifiableMap(headers);
    }

    /** The receipt that the frame at fault had asked for, if the server tells. */
    Optional<String> receiptId() {
        return Optional.ofNullable(headers.get("receipt-id"));
    }
}
