package org.stampede.session;

import java.time.Duration;
import org.stampede.stomp.HeartBeat;

/**
 * What holds for every session. Immutable.
 *
 * @param server            the {@code server} header of CONNECTED, a name and a version
 * @param heartBeat         what the server offers
 * @param readMargin        how many missed heart-beats of the client make it count as dead
 * @param readMarginAtLeast but never before so long: browsers slow the timers of hidden pages down to one tick a minute
 * @param ping              how often a client that sends no heart-beats is asked for a sign of life; zero for never
 * @param connectTime       how long a client may take to send CONNECT
 * @param loginOctets       how much a client may send before CONNECTED, in octets
 * @param subscriptions     at most so many of a session
 * @param userSessions      at most so many of a user
 * @param rates             how much a client may send in the long run
 * @param transactions      at most so many open ones of a session
 * @param transactionFrames at most so many frames in a transaction
 * @param transactionOctets at most so many octets in all open transactions of a session
 */
public record SessionSettings(
        String server,
        HeartBeat heartBeat,
        int readMargin,
        Duration readMarginAtLeast,
        Duration ping,
        Duration connectTime,
        int loginOctets,
        int subscriptions,
        int userSessions,
        RateLimits rates,
        int transactions,
        int transactionFrames,
        int transactionOctets) {}
