package org.stampede.destination;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The destinations under {@code /user}, which each session has for itself. A client subscribes to {@code /user/queue/x} and
 * sends to {@code /user/NAME/queue/x}; inside the server both become private destinations, which begin with a control
 * character and a secret of the session, so that no client can name one: clients may not use control characters in destinations.
 * Stateless.
 *
 * @param user        the name of the user who is sent to, decoded
 * @param destination the rest, for example {@code /queue/x}
 */
public record UserDestination(String user, String destination) {

    private static final String PREFIX = "/user/";
    private static final String TEMPORARY = "/temp-queue/";
    private static final String REPLY = "/reply-queue/";
    private static final int LONGEST_REPLY_TO = 1024;
    /** What a name must not be mistaken for: separators, wildcards, variables, and what encodes them. */
    private static final String MARKS = "/.*#>{}%";

    private static final char PRIVATE = '\u0001';

    /** Whether a client's destination is one for users. */
    public static boolean isUserDestination(String destination) {
        return destination.startsWith(PREFIX);
    }

    /**
     * What a SEND to {@code /user/NAME/queue/x} is aimed at; in the name, {@code %2F} is a slash, and so on.
     *
     * @return empty if the destination does not name a user and a place
     */
    public static Optional<UserDestination> parse(String destination) {
        int slash = isUserDestination(destination) ? destination.indexOf('/', PREFIX.length()) : -1;
        if (slash <= PREFIX.length() || slash == destination.length() - 1) {
            return Optional.empty();
        }
        try {
            String encoded = destination.substring(PREFIX.length(), slash).replace("+", "%2B");
            return Optional.of(new UserDestination(
                    URLDecoder.decode(encoded, StandardCharsets.UTF_8), destination.substring(slash)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * A destination in the one form that it has if the name in {@code /user/NAME/queue/x} is written as {@link #partOf} does; any
     * other destination unchanged.
     */
    public static String canonical(String destination) {
        return parse(destination)
                .map(target -> ofUser(target.user(), target.destination()))
                .orElse(destination);
    }

    /** The destination {@code /user/NAME/queue/x} of a place such as {@code /queue/x}. */
    public static String ofUser(String user, String place) {
        return PREFIX + partOf(user) + place;
    }

    /** The name of a user as one part of a destination: separators, wildcards and the like as in a URL. */
    public static String partOf(String user) {
        var part = new StringBuilder();
        user.codePoints().forEach(c -> {
            if (MARKS.indexOf(c) < 0 && !Character.isISOControl(c)) {
                part.appendCodePoint(c);
            } else {
                appendEncoded(part, Character.toString(c));
            }
        });
        return part.toString();
    }

    private static void appendEncoded(StringBuilder part, String character) {
        for (byte octet : character.getBytes(StandardCharsets.UTF_8)) {
            part.append(String.format("%%%02X", octet));
        }
    }

    /**
     * The private destination behind {@code /user/queue/x}, for one session.
     *
     * @param secret      of the session; a single part
     * @param destination with or without the leading {@code /user}
     * @throws IllegalArgumentException if the rest does not begin with a slash, so that it would blend with the secret
     */
    public static String privateTo(String secret, String destination) {
        String rest = isUserDestination(destination) ? destination.substring(PREFIX.length() - 1) : destination;
        if (!rest.startsWith("/")) {
            throw new IllegalArgumentException("The destination " + destination + " must begin with a slash.");
        }
        return PRIVATE + secret + rest;
    }

    /** Whether a destination is private to a session, and so out of the reach of wildcards that clients write. */
    public static boolean isPrivate(String destination) {
        return !destination.isEmpty() && destination.charAt(0) == PRIVATE;
    }

    /** Whether a client's destination is a temporary queue, where replies to its own messages arrive. */
    public static boolean isTemporary(String destination) {
        return destination.startsWith(TEMPORARY);
    }

    /** Whether a client's destination is an address under which another session waits for a reply. */
    public static boolean isReplyQueue(String destination) {
        return destination.startsWith(REPLY);
    }

    /** The address of this name. */
    public static String replyQueue(String name) {
        return REPLY + name;
    }

    /** Whether a destination belongs to a session, whatever follows: nobody handles it, and it is no topic. */
    public static boolean isOfSession(String destination) {
        return isUserDestination(destination) || isTemporary(destination) || isReplyQueue(destination);
    }

    /**
     * The place within a session where the replies go to which it asks for: a temporary queue, or what follows
     * {@code /user}.
     *
     * @return empty if it is no place within the session, or malformed
     */
    public static Optional<String> replyPlace(String replyTo) {
        String place = isUserDestination(replyTo) ? replyTo.substring(PREFIX.length() - 1) : replyTo;
        boolean within = isTemporary(replyTo) || isUserDestination(replyTo);
        boolean single = !replyTo.endsWith("/")
                && replyTo.length() <= LONGEST_REPLY_TO
                && replyTo.chars().noneMatch(Character::isISOControl)
                && !DestinationPattern.hasWildcard(place);
        return within && single ? Optional.of(place) : Optional.empty();
    }

    /**
     * What the client knows a destination by: {@code /user/queue/x} or {@code /temp-queue/x} for a private one, any other
     * unchanged.
     */
    public static String visible(String destination) {
        if (!isPrivate(destination)) {
            return destination;
        }
        int slash = destination.indexOf('/');
        String place = slash < 0 ? "" : destination.substring(slash);
        return isTemporary(place) ? place : PREFIX.substring(0, PREFIX.length() - 1) + place;
    }
}
