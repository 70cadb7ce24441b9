package org.stampede.stomp;

/**
 * What ends a STOMP connection with an ERROR frame (1.2, section ERROR): a short summary for its {@code message} header and
 * a detail for its body.
 */
public abstract class StompException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String detail;

    /**
     * @param summary what was wrong, in a few words
     * @param detail  a full sentence: what was wrong and what was expected
     */
    protected StompException(String summary, String detail) {
        super(summary, null, false, false);
        this.detail = detail;
    }

    /** What was wrong, in a few words: the {@code message} header. */
    public String summary() {
        return String.valueOf(getMessage());
    }

    /** What was wrong and what was expected: the body. */
    public String detail() {
        return detail;
    }
}
