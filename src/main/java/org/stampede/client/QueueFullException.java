package org.stampede.client;

/** More waits to be sent, or to be confirmed, than the client keeps. Nothing was sent; try again later. */
public final class QueueFullException extends StompClientException {

    private static final long serialVersionUID = 1L;

    QueueFullException(String what, long limit, String setting) {
        super("The limit for " + what + " is " + limit + " (" + setting + "); nothing was sent.", null);
    }
}
