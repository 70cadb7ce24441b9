package org.stampede.websocket;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.Principal;
import java.time.Instant;
import java.util.Optional;

/**
 * The user whom a server knows by MicroProfile JWT, if it has that: such a login ends with its token. Asked by reflection, since not
 * every server shows the interface to applications. Stateless.
 */
final class TokenUser {

    private static final Logger LOG = System.getLogger(TokenUser.class.getName());
    private static final String INTERFACE = "org.eclipse.microprofile.jwt.JsonWebToken";

    private TokenUser() {}

    /** When the token of a user ends; empty if there is none. */
    static Optional<Instant> end(Principal user) {
        return token(user.getClass()).flatMap(token -> end(user, token));
    }

    private static Optional<Instant> end(Principal user, Class<?> token) {
        try {
            return Optional.ofNullable(
                            (Long) token.getMethod("getExpirationTime").invoke(user))
                    .filter(seconds -> seconds > 0)
                    .map(Instant::ofEpochSecond);
        } catch (ReflectiveOperationException e) {
            LOG.log(Level.WARNING, "A token does not tell when it ends.", e);
            return Optional.empty();
        }
    }

    /** The interface, as the class of the user knows it. */
    private static Optional<Class<?>> token(Class<?> type) {
        for (Class<?> known = type; known != null; known = known.getSuperclass()) {
            for (Class<?> implemented : known.getInterfaces()) {
                var found = implemented.getName().equals(INTERFACE)
                        ? Optional.<Class<?>>of(implemented)
                        : token(implemented);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}
