package org.stampede.messaging;

import java.util.List;
import java.util.Optional;

/**
 * Who is connected to this server, and the means to send them away; {@code @Inject} it anywhere. What it returns are
 * snapshots: they do not change, and may be outdated by the time they are read. Who is connected to other servers in front of
 * the same broker is told by {@link #everywhere}. Thread-safe.
 */
public interface StompSessions {

    /**
     * How many sessions there are.
     *
     * @return the number of sessions that are connected
     */
    int count();

    /**
     * Everybody.
     *
     * @return the sessions that are connected, in no particular order
     */
    List<SessionSnapshot> all();

    /**
     * One session.
     *
     * @param sessionId the session, as in the {@code session} header of CONNECTED
     * @return the session, empty if it is not connected
     */
    Optional<SessionSnapshot> find(String sessionId);

    /**
     * The sessions of a user.
     *
     * @param user the name of the user
     * @return his sessions, the oldest first; empty if he is not connected
     */
    List<SessionSnapshot> ofUser(String user);

    /**
     * The sessions that a message would reach. Looks at all subscriptions of all sessions.
     *
     * @param destination a destination without wildcards
     * @return the sessions with a subscription which covers the destination
     */
    List<SessionSnapshot> subscribedTo(String destination);

    /**
     * Ends a session: the client gets an ERROR that says why (STOMP 1.2, section ERROR), and the connection is closed with
     * code 1008 (policy violation). Frames of the client that wait to be handled are passed over.
     *
     * @param sessionId the session
     * @param reason    what the client is told
     * @return whether the session was connected
     * @throws IllegalArgumentException if the reason is blank
     */
    boolean disconnect(String sessionId, String reason);

    /**
     * Ends all sessions of a user, as {@link #disconnect} does.
     *
     * @param user   the name of the user
     * @param reason what the clients are told
     * @return how many sessions he had
     * @throws IllegalArgumentException if the reason is blank
     */
    int disconnectUser(String user, String reason);

    /**
     * The same of all servers in front of the same broker.
     *
     * @return asks the other servers too
     */
    SessionsEverywhere everywhere();
}
