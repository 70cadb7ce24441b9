package org.stampede.dispatch;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbException;
import java.security.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stampede.messaging.SessionSnapshot;
import org.stampede.messaging.SessionSnapshot.Subscription;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.Headers;

/**
 * What servers in front of one broker say to each other about themselves and their sessions: announcements under names that no client can
 * bring about, with JSON in the body, a line for each thing. Immutable.
 *
 * @param jsonb reads and writes the lines
 * @param self  the id of this server
 */
record ServerTalk(Jsonb jsonb, String self) {

    private static final String ALL = "/servers/";
    private static final String HERE = ALL + "here";
    private static final String GONE = ALL + "gone";
    private static final String ASK = ALL + "ask";
    private static final String ANSWER = ALL + "answer/";

    /** What a server can be asked. */
    public enum About {
        COUNT,
        ALL,
        SESSION,
        USER,
        SUBSCRIBED,
        DISCONNECT_SESSION,
        DISCONNECT_USER;

        boolean isOfOneSession() {
            return this == SESSION || this == DISCONNECT_SESSION;
        }

        boolean tellsSessions() {
            return this == ALL || this == SESSION || this == USER || this == SUBSCRIBED;
        }
    }

    /**
     * A question.
     *
     * @param from   the server that asks
     * @param number its number there
     * @param name   of the session, user or destination
     * @param reason why sessions are ended
     */
    public record Question(String from, long number, About about, String name, String reason) {}

    /** The first line of an answer: how many sessions were found or ended. The lines that follow tell as many as there is room for. */
    public record Found(String from, long number, int count) {}

    /** A session; {@code subscriptions} are ids and destinations by turns. */
    public record Line(String id, @Nullable String user, String since, List<String> subscriptions) {}

    /** An answer as it was understood. */
    record Answer(Found found, List<SessionSnapshot> sessions) {}

    /** A user of another server, of whom the name is all that is known. */
    private record Named(String name) implements Principal {

        @Override
        public String getName() {
            return name;
        }
    }

    /** Who hears what others say. */
    interface Listener {

        void here(String server);

        void gone(String server);

        void asked(Question question);

        void answered(Answer answer);
    }

    static ServerTalk of(Jsonb jsonb) {
        return new ServerTalk(jsonb, UUID.randomUUID().toString());
    }

    /** Whether an announcement is such talk. */
    static boolean isTalk(Frame send) {
        return destination(send).startsWith(ALL);
    }

    private static String destination(Frame send) {
        return send.header("destination").orElse("");
    }

    Frame here() {
        return say(HERE, self);
    }

    Frame gone() {
        return say(GONE, self);
    }

    Frame ask(Question question) {
        return say(ASK, jsonb.toJson(question));
    }

    /** An answer that tells as many of the sessions as fit. */
    Frame answer(Question question, int count, List<SessionSnapshot> sessions, int octets) {
        var text = new StringBuilder(jsonb.toJson(new Found(self, question.number(), count)));
        for (SessionSnapshot session : sessions) {
            String line = jsonb.toJson(line(session));
            if (text.length() + line.length() > octets) {
                break;
            }
            text.append('\n').append(line);
        }
        return say(ANSWER + question.from(), text.toString());
    }

    private static Frame say(String name, String body) {
        return Frame.of(Command.SEND, Headers.of("destination", name), body);
    }

    private static Line line(SessionSnapshot session) {
        var subscriptions = new ArrayList<String>();
        session.subscriptions().forEach(subscription -> {
            subscriptions.add(subscription.id());
            subscriptions.add(subscription.destination());
        });
        return new Line(
                session.sessionId(),
                session.user().map(Principal::getName).orElse(null),
                session.since().toString(),
                subscriptions);
    }

    /**
     * Understands an announcement.
     *
     * @throws JsonbException           if it is none of ours
     * @throws IllegalArgumentException likewise
     */
    void hear(Frame send, Listener listener) {
        switch (destination(send)) {
            case HERE -> listener.here(send.bodyText());
            case GONE -> listener.gone(send.bodyText());
            case ASK -> listener.asked(jsonb.fromJson(send.bodyText(), Question.class));
            default -> {
                // What answers another server is not even read.
                if (destination(send).equals(ANSWER + self)) {
                    listener.answered(answer(send.bodyText()));
                }
            }
        }
    }

    private Answer answer(String text) {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("An answer has a line at least.");
        }
        var sessions = lines.stream()
                .skip(1)
                .map(line -> snapshot(jsonb.fromJson(line, Line.class)))
                .toList();
        return new Answer(jsonb.fromJson(lines.get(0), Found.class), sessions);
    }

    private static SessionSnapshot snapshot(Line line) {
        var subscriptions = new ArrayList<Subscription>();
        for (int i = 0; i + 1 < line.subscriptions().size(); i += 2) {
            subscriptions.add(new Subscription(
                    line.subscriptions().get(i), line.subscriptions().get(i + 1)));
        }
        return new SessionSnapshot(
                line.id(),
                Optional.ofNullable(line.user()).map(Named::new),
                Instant.parse(line.since()),
                subscriptions);
    }
}
