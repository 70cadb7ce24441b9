package org.stampede.security;

/**
 * What a page must know to connect as the user of its HTTP session, if the setting {@code stampede.csrf} says {@code require}: other
 * sites can make a browser send its cookies, but cannot read this. To be injected where a page is made, or given to it by a
 * resource; {@code #{stompCsrf.value()}} in the expression language. Confined to the HTTP request.
 */
public interface CsrfToken {

    /** The header of CONNECT in which it is sent; by the setting {@code stampede.csrf.header}. */
    String header();

    /**
     * The token, the same for as long as the HTTP session lasts. Without a session one is begun, so ask before the response is
     * committed.
     *
     * @throws IllegalStateException if there is no HTTP request, or it is too late for a session
     */
    String value();
}
