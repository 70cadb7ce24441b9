package org.stampede.session;

import java.time.InstantSource;
import org.stampede.broker.Broker;
import org.stampede.stomp.Frame;

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

    /** Whether no code of the application is run for a frame, nor anything else that may take its time. */
    boolean isBrief(Frame frame) {
        if (!broker.isPrompt() || interception != Interception.NONE || access.asksApplication()) {
            return false;
        }
        return switch (frame.command()) {
            case SEND -> frame.header("destination").filter(this::isBrokered).isPresent();
            case ACK, NACK, BEGIN, ABORT -> true;
            case CONNECT, STOMP, SUBSCRIBE, UNSUBSCRIBE, COMMIT, DISCONNECT, CONNECTED, MESSAGE, RECEIPT, ERROR ->
                false;
        };
    }

    private boolean isBrokered(String destination) {
        return !destination.equals(Renewal.DESTINATION) && !handlers.handles(destination);
    }

    /** The same with another login. */
    public SessionContext with(Login other) {
        return new SessionContext(settings, broker, handlers, other, access, interception, registry, clock);
    }
}
