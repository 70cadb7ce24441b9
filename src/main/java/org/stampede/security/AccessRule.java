package org.stampede.security;

import java.security.Principal;
import java.util.Optional;
import org.stampede.destination.DestinationPattern;
import org.stampede.destination.UserDestination;
import org.stampede.security.AccessRules.Action;

/**
 * One of the {@link AccessRules}. Immutable.
 *
 * @param action     what it is about
 * @param pattern    where; for {@link Action#CONNECT} it matches everything
 * @param permission who may
 */
record AccessRule(Action action, DestinationPattern pattern, Permission permission) {

    /** The variable that stands for the name of the user alone. */
    private static final String USER = "user";

    /** The pattern with the user's own name in it; empty if it needs one and there is none. */
    Optional<DestinationPattern> patternFor(Peer peer) {
        if (!isBound()) {
            return Optional.of(pattern);
        }
        return peer.user()
                .map(Principal::getName)
                .filter(name -> !name.isEmpty())
                .map(name -> pattern.bind(USER, UserDestination.partOf(name)));
    }

    private boolean isBound() {
        return pattern.hasVariable(USER);
    }

    /** Whether a later rule would never be reached. */
    boolean hides(AccessRule later) {
        return action == later.action && decidesAll(later.pattern);
    }

    /** Whether it has the last word on a pattern of the application, whoever asks. */
    boolean decidesAll(DestinationPattern wanted) {
        return pattern.covers(wanted) && (!isBound() || pattern.equals(wanted));
    }

    /** Whether it may be granted, for a destination or a set of them. */
    boolean grants(AccessAttempt attempt, boolean wildcard) {
        return !(wildcard && permission.perPlace()) && permission.grants().test(attempt);
    }

    /** Who may, for a report. */
    String who() {
        return isBound() && permission == Permission.EVERYBODY ? "the user alone" : permission.text();
    }

    String place() {
        return action == Action.CONNECT ? "connect" : action + " " + pattern;
    }

    @Override
    public String toString() {
        return place() + ": " + who();
    }
}
