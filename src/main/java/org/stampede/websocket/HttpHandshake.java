package org.stampede.websocket;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;

/**
 * The HTTP request that opens a WebSocket, of which Jakarta WebSocket does not tell all. What a proxy says of who it speaks for counts
 * only if a setting says so, since anybody can say it. Confined to the request.
 */
final class HttpHandshake {

    private final HttpServletRequest request;
    private final boolean trustsProxy;

    private HttpHandshake(HttpServletRequest request, boolean trustsProxy) {
        this.request = request;
        this.trustsProxy = trustsProxy;
    }

    /** The request of this thread. */
    static HttpHandshake current(boolean trustsProxy) {
        return new HttpHandshake(CDI.current().select(HttpServletRequest.class).get(), trustsProxy);
    }

    /** The name that the browser knows the server by, with a port perhaps. */
    String host() {
        return forwarded("X-Forwarded-Host")
                .orElseGet(() -> Optional.ofNullable(request.getHeader("Host")).orElse(""));
    }

    /** Whether the browser is known to speak TLS. */
    boolean isSecure() {
        return forwarded("X-Forwarded-Proto").map("https"::equalsIgnoreCase).orElseGet(request::isSecure);
    }

    /** Where the connection comes from. */
    String address() {
        return forwarded("X-Forwarded-For")
                .orElseGet(() -> Optional.ofNullable(request.getRemoteAddr()).orElse(""));
    }

    /** Whether the user is known by what no browser sends by itself. */
    boolean hasBearerToken() {
        return Optional.ofNullable(request.getHeader("Authorization"))
                .filter(value -> value.regionMatches(true, 0, "bearer ", 0, 7))
                .isPresent();
    }

    /** What pages of this HTTP session know; if there are none, what nobody knows. */
    String csrfToken() {
        return Optional.ofNullable(request.getSession(false))
                .flatMap(SessionCsrfToken::in)
                .orElseGet(() -> UUID.randomUUID().toString());
    }

    /** The sockets of the HTTP session that the client came with; empty if it brought none. */
    Optional<SessionSockets> sockets() {
        return Optional.ofNullable(request.getSession(false))
                .filter(session -> !session.isNew())
                .map(SessionSockets::of);
    }

    /** What the nearest proxy added: it comes last, and what is before may be the client's invention. */
    private Optional<String> forwarded(String header) {
        if (!trustsProxy) {
            return Optional.empty();
        }
        String last = "";
        var values = request.getHeaders(header);
        while (values.hasMoreElements()) {
            last = values.nextElement();
        }
        return Optional.of(last.substring(last.lastIndexOf(',') + 1).strip()).filter(value -> !value.isEmpty());
    }
}
