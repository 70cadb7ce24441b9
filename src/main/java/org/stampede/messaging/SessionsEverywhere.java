package org.stampede.messaging;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Who is connected to any of the servers in front of the same broker ({@code stampede.broker=relay}); with the broker in memory, to this
 * one. Each call asks all servers, and its stage completes when those that are known to be there have answered, at the latest after
 * {@code stampede.relay.neighbours.answer-time}: who has not answered by then is counted as silent.
 *
 * <p>A stage fails with a {@link BrokerAwayException} if the others cannot be asked, and with a {@link
 * java.util.concurrent.RejectedExecutionException} if too many questions wait already ({@code stampede.relay.neighbours.questions}). It
 * completes on a thread of the server's executor. Thread-safe; no method waits.
 */
public interface SessionsEverywhere {

    /**
     * How many sessions there are.
     *
     * @return the number of sessions that are connected
     */
    CompletionStage<Answers<Integer>> count();

    /**
     * Everybody; more sessions than a server has room for in its answer are left out and counted.
     *
     * @return the sessions that are connected, in no particular order
     */
    CompletionStage<Answers<List<SessionSnapshot>>> all();

    /**
     * One session.
     *
     * @param sessionId the session, as in the {@code session} header of CONNECTED
     * @return the session, empty if it is not connected
     */
    CompletionStage<Answers<Optional<SessionSnapshot>>> find(String sessionId);

    /**
     * The sessions of a user.
     *
     * @param user the name of the user
     * @return his sessions, the oldest first; empty if he is not connected
     */
    CompletionStage<Answers<List<SessionSnapshot>>> ofUser(String user);

    /**
     * The sessions that a message would reach. Looks at all subscriptions of all sessions, on each server.
     *
     * @param destination a destination without wildcards
     * @return the sessions with a subscription which covers the destination
     */
    CompletionStage<Answers<List<SessionSnapshot>>> subscribedTo(String destination);

    /**
     * Ends a session wherever it is, as {@link StompSessions#disconnect} does.
     *
     * @param sessionId the session
     * @param reason    what the client is told
     * @return whether the session was connected
     * @throws IllegalArgumentException if the reason is blank
     */
    CompletionStage<Answers<Boolean>> disconnect(String sessionId, String reason);

    /**
     * Ends all sessions of a user wherever they are, as {@link StompSessions#disconnect} does.
     *
     * @param user   the name of the user
     * @param reason what the clients are told
     * @return how many sessions he had
     * @throws IllegalArgumentException if the reason is blank
     */
    CompletionStage<Answers<Integer>> disconnectUser(String user, String reason);
}
