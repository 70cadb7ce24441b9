package org.stampede.session;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.stampede.broker.Broker;
import org.stampede.destination.UserDestination;
import org.stampede.stomp.Frame;

/**
 * Messages to users, sessions and addresses of replies that may be on other nodes: here they get names which every node understands,
 * and what other nodes have for the sessions of this one is delivered. Thread-safe.
 */
public final class Announcements {

    private static final String SESSION = "/session/";

    private final SessionRegistry registry;
    private final Broker broker;

    private Announcements(SessionRegistry registry, Broker broker) {
        this.registry = registry;
        this.broker = broker;
    }

    /** From now on what other nodes announce is delivered to the sessions of this one. */
    public static void listen(SessionRegistry registry, Broker broker) {
        listen(registry, broker, send -> false);
    }

    /**
     * From now on what other nodes announce is delivered to the sessions of this one.
     *
     * @param other is given each announcement first, and tells whether it was not for sessions
     */
    public static void listen(SessionRegistry registry, Broker broker, Predicate<Frame> other) {
        var announcements = new Announcements(registry, broker);
        broker.onAnnounced(send -> {
            if (!other.test(send)) {
                announcements.deliver(send);
            }
        });
    }

    /** The name of a place of all sessions of a user. */
    public static String ofUser(String user, String place) {
        return UserDestination.ofUser(user, place);
    }

    /** The name of a place of a session. */
    public static String ofSession(String sessionId, String place) {
        return SESSION + sessionId + place;
    }

    private void deliver(Frame send) {
        for (String place : places(send.header("destination").orElse(""))) {
            broker.publish(send.with(send.headers().with("destination", place)));
        }
    }

    private List<String> places(String name) {
        if (name.startsWith(SESSION)) {
            return ofSession(name.substring(SESSION.length())).stream().toList();
        }
        if (UserDestination.isReplyQueue(name)) {
            return registry.replyAddresses().find(name).stream().toList();
        }
        return UserDestination.parse(name).stream()
                .flatMap(target -> registry.ofUser(target.user()).stream()
                        .map(session -> session.privateDestination(target.destination())))
                .toList();
    }

    private Optional<String> ofSession(String idAndPlace) {
        int slash = idAndPlace.indexOf('/');
        return slash < 0
                ? Optional.empty()
                : registry.find(idAndPlace.substring(0, slash))
                        .map(session -> session.privateDestination(idAndPlace.substring(slash)));
    }
}
