package org.stampede.messaging;

import java.util.Optional;

/**
 * A handler could not do its work: the payload was malformed or invalid, or the handler threw, or its stage took too long. Fired as a CDI event, without
 * qualifier, before the {@link Problem} goes to the sender's {@code /user/queue/errors}; for those who log, count, or know better
 * what to tell the sender:
 *
 * <pre>{@code
 * void soldOut(@Observes HandlerFailure failure) {
 *     if (failure.cause().orElse(null) instanceof SoldOutException e) {
 *         failure.replaceWith(failure.problem().as("urn:shop:sold-out", "Sold out.", 409, e.getMessage()));
 *     }
 * }
 * }</pre>
 *
 * <p>Observers are called in the order of their {@code @Priority}; each sees what the one before has made of the problem.
 * Confined to the thread that calls them, while it does.
 */
public final class HandlerFailure {

    private final String destination;
    private final String sessionId;
    private final Optional<Throwable> cause;
    private Problem problem;

    /**
     * A failure.
     *
     * @param destination where the message was sent to
     * @param sessionId   who sent it
     * @param problem     what the sender is to be told
     * @param cause       what was thrown, empty if the payload merely was invalid
     */
    public HandlerFailure(String destination, String sessionId, Problem problem, Optional<Throwable> cause) {
        this.destination = destination;
        this.sessionId = sessionId;
        this.problem = problem;
        this.cause = cause;
    }

    /**
     * Where the message was sent to.
     *
     * @return the {@code destination} header of the SEND
     */
    public String destination() {
        return destination;
    }

    /**
     * Who sent it.
     *
     * @return the session, as in {@link Message#sessionId()}
     */
    public String sessionId() {
        return sessionId;
    }

    /**
     * What the sender will be told.
     *
     * @return the problem as observers have left it so far
     */
    public Problem problem() {
        return problem;
    }

    /**
     * What was thrown.
     *
     * @return empty if the payload merely was invalid; a {@link java.util.concurrent.TimeoutException} if the handler's stage did
     *     not complete in time
     */
    public Optional<Throwable> cause() {
        return cause;
    }

    /**
     * Tells the sender something else. A failure that has been replaced is understood by the application: the server does not
     * log it as an error of its own.
     *
     * @param better what the sender is told
     */
    public void replaceWith(Problem better) {
        problem = better;
    }
}
