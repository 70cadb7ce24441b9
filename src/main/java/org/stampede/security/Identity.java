package org.stampede.security;

import java.security.Principal;
import java.util.Set;

/**
 * Who somebody is, once that is proven. Immutable.
 *
 * @param user  the principal; its name is the user's in {@code /user/NAME/...} and in access rules
 * @param roles the roles of the user
 */
public record Identity(Principal user, Set<String> roles) {

    public Identity {
        roles = Set.copyOf(roles);
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
