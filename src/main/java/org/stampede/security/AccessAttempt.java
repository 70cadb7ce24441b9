package org.stampede.security;

import java.util.Map;
import java.util.Optional;

/**
 * What somebody wants to do, as an {@link AccessCheck} sees it. Immutable.
 *
 * @param action      what it is
 * @param destination where, as the client named it, but for the name in {@code /user/NAME/...}, which is written in one way only:
 *                    as {@link AccessRules#asPart} does; empty for {@link AccessRules.Action#CONNECT}
 * @param variables   what the variables of the rule's pattern stand for
 * @param peer        who it is
 */
public record AccessAttempt(AccessRules.Action action, String destination, Map<String, String> variables, Peer peer) {

    public AccessAttempt {
        variables = Map.copyOf(variables);
    }

    /**
     * What a variable of the rule's pattern stands for.
     *
     * @param name as between the braces
     * @return one part of the destination, as the client wrote it
     * @throws IllegalArgumentException if the pattern has no such variable
     */
    public String variable(String name) {
        return Optional.ofNullable(variables.get(name))
                .orElseThrow(
                        () -> new IllegalArgumentException("The pattern of the rule has no variable {" + name + "}."));
    }
}
