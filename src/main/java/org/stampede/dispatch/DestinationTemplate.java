package org.stampede.dispatch;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.stampede.destination.DestinationPattern;
import org.stampede.destination.UserDestination;

/**
 * Where to send what a method returns: a destination in which {@code {name}} is a variable of the message that is being handled.
 * Immutable.
 *
 * @param text as written
 */
record DestinationTemplate(String text) {

    private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]*)}");

    /** The names of the variables. */
    List<String> variables() {
        return VARIABLE.matcher(text).results().map(found -> found.group(1)).toList();
    }

    /** Why nothing can be sent there; empty if it can. */
    Optional<String> fault() {
        String example = VARIABLE.matcher(text).replaceAll("x");
        if (!example.startsWith("/")) {
            return Optional.of("the destination " + text + " must begin with a slash.");
        }
        if (UserDestination.isUserDestination(example)) {
            return Optional.of("the destination " + text + " is one for users; use @SendToUser, without /user.");
        }
        return DestinationPattern.hasWildcard(example)
                        || example.contains("{")
                        || variables().contains("")
                ? Optional.of("the destination " + text + " must be a single place, with variables such as {name}.")
                : Optional.empty();
    }

    /**
     * The destination.
     *
     * @throws IllegalStateException if a variable has no value
     */
    String with(Map<String, String> values) {
        return VARIABLE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found, values)));
    }

    private String value(MatchResult found, Map<String, String> values) {
        String value = values.get(found.group(1));
        if (value == null) {
            throw new IllegalStateException("The destination " + text + " needs a variable " + found.group()
                    + "; only a message that is being handled has variables, those of its handler's pattern.");
        }
        return value;
    }
}
