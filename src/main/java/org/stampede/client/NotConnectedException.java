package org.stampede.client;

/** The session has no connection at the moment, or is over. Nothing was sent. */
public final class NotConnectedException extends StompClientException {

    private static final long serialVersionUID = 1L;

    NotConnectedException(SessionState state) {
        super("The session is " + state + ", not CONNECTED; nothing was sent.", null);
    }
}
