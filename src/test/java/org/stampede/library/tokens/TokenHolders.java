package org.stampede.library.tokens;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.stampede.security.Authenticator;
import org.stampede.security.jwt.JwtAuthenticator;

/** Those who have tokens by MicroProfile JWT, whether the server has that or not. Stateless. */
@ApplicationScoped
public class TokenHolders {

    @Produces
    @Singleton
    Authenticator tokens() {
        return JwtAuthenticator.configured();
    }
}
