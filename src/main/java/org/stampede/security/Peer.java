package org.stampede.security;

import java.security.Principal;
import java.util.Optional;

/**
 * Who is at the other end of a session. Immutable.
 *
 * @param sessionId the unguessable id of the session, also in the {@code session} header of CONNECTED
 * @param user      who is logged in, empty if nobody is
 */
public record Peer(String sessionId, Optional<Principal> user) {}
