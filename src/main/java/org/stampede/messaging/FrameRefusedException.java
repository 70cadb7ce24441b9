package org.stampede.messaging;

/** Thrown by a {@link FrameInterceptor} that does not let a frame pass. */
public final class FrameRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A refusal.
     *
     * @param reason what the client is told, if it sent the frame
     */
    public FrameRefusedException(String reason) {
        super(reason, null, false, false);
    }

    /**
     * Why.
     *
     * @return what the client is told, if it sent the frame
     */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
