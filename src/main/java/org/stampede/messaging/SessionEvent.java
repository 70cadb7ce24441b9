package org.stampede.messaging;

import java.security.Principal;
import java.util.Optional;

/**
 * A session began or ended; qualified by {@link Connected} or {@link Disconnected}. Immutable.
 *
 * @param sessionId the session, as in the {@code session} header of CONNECTED
 * @param user      who is logged in, empty if nobody is
 */
public record SessionEvent(String sessionId, Optional<Principal> user) {}
