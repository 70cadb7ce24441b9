package org.stampede.client;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.stampede.stomp.FrameLimits;
import org.stampede.stomp.HeartBeat;

/**
 * What a {@link StompClientBuilder} was told. Immutable.
 *
 * @param uri              of the endpoint
 * @param acceptVersion    the versions to offer
 * @param connectHeaders   asked anew for each connection
 * @param handshakeHeaders asked anew for each connection
 * @param heartBeat        our half
 * @param connectTime      for each of the handshake and the answer to CONNECT
 * @param receiptTime      for each RECEIPT
 * @param replyTime        for the reply to each request
 * @param limits           of received frames
 * @param bounds           of queues
 * @param reconnect        whether and when to connect again
 * @param listener         is told what happens
 */
record ClientSettings(
        URI uri,
        String acceptVersion,
        Supplier<Map<String, String>> connectHeaders,
        Supplier<Map<String, String>> handshakeHeaders,
        HeartBeat heartBeat,
        Duration connectTime,
        Duration receiptTime,
        Duration replyTime,
        FrameLimits limits,
        Bounds bounds,
        ReconnectPolicy reconnect,
        SessionListener listener) {

    /**
     * The bounds of queues. Immutable.
     *
     * @param outgoingFrames   that wait to be written, likewise those that wait for their RECEIPT, and for their reply
     * @param outgoingOctets   that wait to be written
     * @param incomingMessages of a subscription that wait for its handler before reading pauses
     * @param incomingOctets   the same in octets
     * @param heldSends        SENDs kept while there is no connection
     */
    record Bounds(int outgoingFrames, long outgoingOctets, int incomingMessages, long incomingOctets, int heldSends) {}
}
