package org.stampede.security;

import java.security.Principal;
import java.util.Optional;
import java.util.Set;

/**
 * Who is at the other end of a session. Immutable.
 *
 * @param sessionId the unguessable id of the session, also in the {@code session} header of CONNECTED
 * @param user      who is logged in, empty if nobody is
 * @param roles     the roles of the user, as far as the application asks for them; empty if nobody is logged in
 */
public record Peer(String sessionId, Optional<Principal> user, Set<String> roles) {

    public Peer {
        roles = Set.copyOf(roles);
    }

    /** Who has no roles. */
    public Peer(String sessionId, Optional<Principal> user) {
        this(sessionId, user, Set.of());
    }

    /** Whether somebody is logged in who has this role. */
    public boolean hasRole(String role) {
        return user.isPresent() && roles.contains(role);
    }
}
