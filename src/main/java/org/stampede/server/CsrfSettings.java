package org.stampede.server;

/**
 * Whether who logged in by HTTP must know the token of his HTTP session to connect. Immutable.
 *
 * @param required whether he must
 * @param header   of CONNECT, that holds it
 */
public record CsrfSettings(boolean required, String header) {}
