package org.stampede.messaging;

import java.util.Map;

/**
 * A destination got its first subscription or lost its last one; qualified by {@link FirstSubscribed} or
 * {@link LastUnsubscribed}. Immutable.
 *
 * @param destination what was subscribed to, wildcards and all
 * @param variables   what stands in the places of the {@code {name}} of the observer's pattern, by name
 */
public record DestinationEvent(String destination, Map<String, String> variables) {

    /** Copies the variables. */
    public DestinationEvent {
        variables = Map.copyOf(variables);
    }

    /**
     * What clients wrote in the place of a {@code {name}} of the observer's pattern.
     *
     * @param name the name, without braces
     * @return the text of that part, which may be a wildcard: {@code *} if the subscription left the part open
     * @throws IllegalArgumentException if the observer's pattern has no such name
     */
    public String variable(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The pattern has no variable {" + name + "}.");
        }
        return value;
    }
}
