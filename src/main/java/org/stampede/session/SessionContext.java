package org.stampede.session;

import org.stampede.broker.Broker;

/**
 * What all sessions of a server share. Immutable.
 *
 * @param settings limits and intervals
 * @param broker   where messages go that no handler takes
 * @param handlers the application
 * @param registry who is connected
 */
public record SessionContext(
        SessionSettings settings, Broker broker, MessageHandlers handlers, SessionRegistry registry) {}
