package org.stampede.client;

import org.stampede.messaging.Problem;

/** The server could not handle a message, and said why. The session goes on. */
public final class ProblemException extends StompClientException {

    private static final long serialVersionUID = 1L;

    /** Lost when the exception is serialized; the message has the most of it. */
    private final transient Problem problem;

    ProblemException(Problem problem) {
        super("The server said: " + problem.status() + ". " + problem.title() + " " + problem.detail(), null);
        this.problem = problem;
    }

    /**
     * What the server said, in the terms of RFC 9457. A field that it left out is empty, and the status 0. Without JSON Binding on
     * the class path all is left out but the detail, which is the text as it came.
     */
    public Problem problem() {
        return problem;
    }
}
