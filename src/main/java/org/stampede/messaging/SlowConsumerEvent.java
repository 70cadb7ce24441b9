package org.stampede.messaging;

import java.security.Principal;
import java.util.Optional;

/**
 * A client is too slow for a subscription, so that messages are left out by the {@link SlowConsumers} of the application.
 * Fired at the first one, and again only after none was left out for ten seconds; by a thread of the server, outside the scope
 * of any session. Immutable.
 *
 * @param sessionId   the session of the client
 * @param user        who is logged in, empty if nobody is
 * @param destination what the subscription asks for, wildcards and all
 * @param policy      what is done with its messages
 * @param leftOut     how many messages of this subscription were left out so far, this one included
 */
public record SlowConsumerEvent(
        String sessionId, Optional<Principal> user, String destination, SlowConsumers.Policy policy, long leftOut) {}
