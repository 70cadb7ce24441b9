package org.stampede.library;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.authentication.mechanism.http.BasicAuthenticationMechanismDefinition;

/** Lets the server ask for passwords by HTTP, where somebody sends one. Stateless. */
@ApplicationScoped
@BasicAuthenticationMechanismDefinition(realmName = "chat")
public class BasicLogin {}
