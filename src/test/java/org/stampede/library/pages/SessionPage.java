package org.stampede.library.pages;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.stampede.messaging.StompSessions;
import org.stampede.security.CsrfToken;

/** A page of a site with logins: it tells its CSRF token, and ends an HTTP session, or just the login. Stateless. */
@WebServlet("/session")
public class SessionPage extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    transient CsrfToken csrf;

    @Inject
    transient StompSessions sessions;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(csrf.header() + ":" + csrf.value());
    }

    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response) {
        request.getSession().invalidate();
    }

    /** Logs out, and keeps the session. */
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws ServletException {
        String user = request.getRemoteUser();
        request.logout();
        sessions.disconnectUser(user, "Logged out.");
    }
}
