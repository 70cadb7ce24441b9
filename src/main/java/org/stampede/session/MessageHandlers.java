package org.stampede.session;

import java.util.concurrent.CompletionStage;
import org.stampede.broker.AwayException;
import org.stampede.security.Peer;
import org.stampede.stomp.Frame;
import org.stampede.stomp.Headers;

/**
 * What sessions ask of the application: to handle messages, and to be told of life-cycles. All methods are called from the
 * session's Inbox, and may take their time: they hold up that one session only.
 */
public interface MessageHandlers {

    /** Whether the application handles messages to this destination. The answer never changes. */
    boolean handles(String destination);

    /**
     * Handles a SEND.
     *
     * @return whether a handler did its work, so that a RECEIPT may be sent; if not, the sender was told why
     */
    CompletionStage<Boolean> handle(Frame send, Peer peer);

    /** A session began: CONNECTED is on its way. */
    void connected(Peer peer);

    /** A connected session ended. */
    void disconnected(Peer peer);

    /**
     * A subscription began: its RECEIPT is on its way, its first MESSAGE is not.
     *
     * @param headers those of the SUBSCRIBE
     */
    void subscribed(Subscriber subscriber, Headers headers);

    /** A subscription ended. */
    void unsubscribed(Subscriber subscriber);

    /**
     * The broker is out of reach, or did not confirm a frame: the client is to be told, and its session goes on.
     *
     * @param frame which one
     */
    void undelivered(Frame frame, Peer peer, AwayException cause);

    /** A subscription was ended by the server, since its user may no longer have it; the client is to be told. */
    void revoked(Subscriber subscriber);
}
