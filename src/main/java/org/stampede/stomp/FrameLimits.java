package org.stampede.stomp;

/**
 * How large a received frame may be (STOMP 1.2, section Size Limits). Immutable.
 *
 * @param frame      octets of a whole frame
 * @param headers    header entries of a frame
 * @param headerLine octets of a header line, or of the command line, before unescaping
 * @param body       octets of a body
 * @param frames     frames that one read, such as a WebSocket message, may hold
 * @param settings   the prefix of the settings that hold these limits, for the texts of errors
 */
public record FrameLimits(int frame, int headers, int headerLine, int body, int frames, String settings) {

    /** The exception for a frame that is too large. */
    LimitExceededException frameExceeded() {
        return new LimitExceededException("the octets of a frame", frame, "octets", settings + ".frame");
    }

    /** The exception for too many frames in one read. */
    LimitExceededException framesExceeded() {
        return new LimitExceededException("the frames of a message", frames, "frames", settings + ".frames-in-message");
    }

    /** The exception for too many headers. */
    LimitExceededException headersExceeded() {
        return new LimitExceededException("the headers of a frame", headers, "entries", settings + ".headers");
    }

    /** The exception for a line that is too long. */
    LimitExceededException headerLineExceeded() {
        return new LimitExceededException("a header line", headerLine, "octets", settings + ".header-line");
    }

    /** The exception for a body that is too large. */
    LimitExceededException bodyExceeded() {
        return new LimitExceededException("the body of a frame", body, "octets", settings + ".body");
    }
}
