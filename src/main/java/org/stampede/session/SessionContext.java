package org.stampede.session;

import java.time.InstantSource;
import org.stampede.broker.Broker;

/**
 * What all sessions of a server share. Immutable.
 *
 * @param settings     limits and intervals
 * @param broker       where messages go that no handler takes
 * @param handlers     the application
 * @param login        tells who somebody is
 * @param access       who may do what
 * @param interception what the application does to frames on their way
 * @param registry     who is connected
 * @param clock        tells since when
 */
public record SessionContext(
        SessionSettings settings,
        Broker broker,
        MessageHandlers handlers,
        Login login,
        AccessControl access,
        Interception interception,
        SessionRegistry registry,
        InstantSource clock) {

    /** The same with another login. */
    public SessionContext with(Login other) {
        return new SessionContext(settings, broker, handlers, other, access, interception, registry, clock);
    }
}
