package org.stampede.security;

import java.security.Principal;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Who is at the other end of a session. Immutable.
 *
 * @param sessionId the unguessable id of the session, also in the {@code session} header of CONNECTED
 * @param user      who is logged in, empty if nobody is
 * @param roles     the roles of the user, as far as the application asks for them; empty if nobody is logged in
 * @param address   the IP address that the connection comes from, empty if it is not known
 * @param expires   when the login ends, and with it the session; empty for never
 */
public record Peer(
        String sessionId, Optional<Principal> user, Set<String> roles, String address, Optional<Instant> expires) {

    public Peer {
        roles = Set.copyOf(roles);
    }

    /** Whose login does not end. */
    public Peer(String sessionId, Optional<Principal> user, Set<String> roles, String address) {
        this(sessionId, user, roles, address, Optional.empty());
    }

    /** Whose address is not known. */
    public Peer(String sessionId, Optional<Principal> user, Set<String> roles) {
        this(sessionId, user, roles, "");
    }

    /** Who has no roles, and whose address is not known. */
    public Peer(String sessionId, Optional<Principal> user) {
        this(sessionId, user, Set.of());
    }

    /** The same peer after it has logged in. */
    public Peer as(Identity identity) {
        return new Peer(sessionId, Optional.of(identity.user()), identity.roles(), address, identity.expires());
    }

    /** Whether the login has ended. */
    public boolean isExpired(Instant now) {
        return expires.isPresent() && !now.isBefore(expires.get());
    }

    /** Whether somebody is logged in who has this role. */
    public boolean hasRole(String role) {
        return user.isPresent() && roles.contains(role);
    }
}
