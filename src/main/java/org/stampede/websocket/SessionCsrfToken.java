package org.stampede.websocket;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import java.util.UUID;
import org.stampede.security.CsrfToken;
import org.stampede.server.StompServer;

/** Keeps the token in the HTTP session. Confined to the request; of several of one session, each gets the same token. */
@RequestScoped
@Named("stompCsrf")
public class SessionCsrfToken implements CsrfToken {

    private static final String ATTRIBUTE = "stampede.csrf";

    @Inject
    StompServer server;

    @Inject
    Instance<HttpServletRequest> request;

    @Override
    public String header() {
        return server.connections().settings().security().csrf().header();
    }

    @Override
    public String value() {
        return SessionAttributes.findOrMake(
                request.get().getSession(),
                ATTRIBUTE,
                String.class,
                () -> UUID.randomUUID().toString());
    }

    /** The token of a session; empty if no page has asked for it. */
    static Optional<String> in(HttpSession session) {
        return SessionAttributes.find(session, ATTRIBUTE, String.class);
    }
}
