package org.stampede.security;

import java.security.Principal;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Who somebody is, once that is proven. Immutable.
 *
 * @param user    the principal; its name is the user's in {@code /user/NAME/...} and in access rules
 * @param roles   the roles of the user
 * @param expires when the proof ends, and with it the session, unless it is renewed; empty for never
 */
public record Identity(Principal user, Set<String> roles, Optional<Instant> expires) {

    public Identity {
        roles = Set.copyOf(roles);
    }

    /**
     * An identity that does not expire.
     *
     * @param user  the principal
     * @param roles the roles of the user
     */
    public Identity(Principal user, Set<String> roles) {
        this(user, roles, Optional.empty());
    }

    /**
     * The same with an end.
     *
     * @param end when the proof ends
     * @return the identity
     */
    public Identity until(Instant end) {
        return new Identity(user, roles, Optional.of(end));
    }

    /**
     * A user by name.
     *
     * @param name  of the principal
     * @param roles those of the user
     * @return the identity
     */
    public static Identity of(String name, String... roles) {
        return new Identity(new NamedUser(name), Set.of(roles));
    }

    /** A principal that is nothing but a name. Immutable. */
    private record NamedUser(String name) implements Principal {
        @Override
        public String getName() {
            return name;
        }
    }
}
