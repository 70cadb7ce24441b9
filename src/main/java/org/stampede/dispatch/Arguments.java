package org.stampede.dispatch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.stampede.destination.DestinationPattern;
import org.stampede.messaging.DestinationVariable;
import org.stampede.messaging.Header;
import org.stampede.messaging.Problem.Violation;

/**
 * What a message gives the parameters of its handlers. All are converted before any handler is called, so that a message is
 * handled by all of them or by none. Immutable.
 *
 * @param values      of the parameters
 * @param faults      what is missing or cannot be converted
 * @param lacksSender whether somebody who is logged in is asked for, and nobody is
 */
record Arguments(Map<Argument, Object> values, List<Violation> faults, boolean lacksSender) {

    static final Arguments NONE = new Arguments(Map.of(), List.of(), false);

    /** Makes the values that are wanted. */
    static Arguments of(Collection<Argument> wanted, Occasion message) {
        if (wanted.isEmpty()) {
            return NONE;
        }
        var values = new HashMap<Argument, Object>();
        var faults = new ArrayList<Violation>();
        boolean lacksSender = false;
        for (Argument argument : wanted) {
            if (argument.qualifier() instanceof DestinationVariable variable) {
                readVariable(argument, message.variable(variable.value()), faults)
                        .ifPresent(value -> values.put(argument, value));
            } else if (argument.qualifier() instanceof Header header) {
                readHeader(argument, header, message, faults).ifPresent(value -> values.put(argument, value));
            } else if (argument.isOptional()) {
                values.put(argument, message.user());
            } else {
                message.user().ifPresent(user -> values.put(argument, user));
                lacksSender |= message.user().isEmpty();
            }
        }
        return new Arguments(Map.copyOf(values), List.copyOf(faults), lacksSender);
    }

    /** Of a subscription, a variable is open where the client wrote a wildcard. */
    private static Optional<Object> readVariable(Argument argument, String text, List<Violation> faults) {
        if (!argument.isOptional()) {
            return read(argument, text, faults);
        }
        return DestinationPattern.hasWildcard(text)
                ? Optional.of(Optional.empty())
                : read(argument, text, faults).map(Optional::of);
    }

    private static Optional<Object> readHeader(
            Argument argument, Header header, Occasion message, List<Violation> faults) {
        var text = message.header(header.value());
        if (text.isEmpty() && argument.isOptional()) {
            return Optional.of(Optional.empty());
        }
        if (text.isEmpty() && header.defaultValue().equals(Header.NONE)) {
            faults.add(new Violation(argument.name(), "is missing"));
            return Optional.empty();
        }
        var value = read(argument, text.orElse(header.defaultValue()), faults);
        return argument.isOptional() ? value.map(Optional::of) : value;
    }

    private static Optional<Object> read(Argument argument, String text, List<Violation> faults) {
        var fault = TextForm.faultOf(text, argument.formClass());
        if (fault.isPresent()) {
            faults.add(new Violation(argument.name(), fault.get()));
            return Optional.empty();
        }
        return Optional.of(TextForm.read(text, argument.formClass()));
    }

    /** Whether all values are there. */
    boolean isFit() {
        return faults.isEmpty() && !lacksSender;
    }

    /** The value of a parameter. */
    Object value(Argument argument) {
        Object value = values.get(argument);
        if (value == null) {
            throw new IllegalStateException(
                    argument.name() + " is had from a message only where the handler runs that asks for it.");
        }
        return value;
    }
}
