package org.stampede.messaging;

import java.util.Optional;

/**
 * A handler could not do its work: the payload was malformed or invalid, or the handler threw. Fired as a CDI event, without
 * qualifier, after the {@link Problem} went to the sender's {@code /user/queue/errors}; for those who log or count. Immutable.
 *
 * @param destination where the message was sent to
 * @param sessionId   who sent it
 * @param problem     what the sender was told
 * @param cause       what was thrown, empty if the payload merely was invalid
 */
public record HandlerFailure(String destination, String sessionId, Problem problem, Optional<Throwable> cause) {}
