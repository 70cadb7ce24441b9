package org.stampede.library.tokens;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.auth.LoginConfig;

/** Lets the server ask for tokens by HTTP, if it has MicroProfile JWT. Stateless. */
@ApplicationScoped
@LoginConfig(authMethod = "MP-JWT", realmName = "chat")
@ApplicationPath("/rest")
public class TokenLogin extends Application {}
