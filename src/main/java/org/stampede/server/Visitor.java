package org.stampede.server;

import java.security.Principal;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What the opening handshake of a WebSocket tells of who opens it; a connection over TCP tells its address only. Immutable.
 *
 * @param user    who logged in by what the server offers for HTTP, empty if nobody did
 * @param roles   those of {@link StompServer#roles} that the user has
 * @param address where the connection comes from, empty if it is not known
 * @param expires when the login of the user ends, as far as the server tells
 * @param csrf    what CONNECT must know for the client to be that user; empty for nothing
 */
public record Visitor(
        Optional<Principal> user, Set<String> roles, String address, Optional<Instant> expires, Optional<String> csrf) {

    public Visitor {
        roles = Set.copyOf(roles);
    }

    /** Nothing is known. */
    public static final Visitor UNKNOWN = from("");

    /** Nothing is known but the address. */
    static Visitor from(String address) {
        return new Visitor(Optional.empty(), Set.of(), address, Optional.empty(), Optional.empty());
    }
}
