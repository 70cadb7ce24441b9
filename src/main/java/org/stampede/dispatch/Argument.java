package org.stampede.dispatch;

import jakarta.enterprise.inject.spi.Annotated;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.security.Principal;
import java.util.Optional;
import org.stampede.messaging.Destination;
import org.stampede.messaging.DestinationVariable;
import org.stampede.messaging.Header;
import org.stampede.messaging.Sender;
import org.stampede.messaging.Unsubscribed;

/**
 * A parameter of an observer which the message, or the subscription, gives its value to. Immutable.
 *
 * @param qualifier a {@link DestinationVariable}, {@link Header} or {@link Sender}
 * @param type      the type of the parameter, never a primitive one
 */
record Argument(Annotation qualifier, Type type) {

    /** What the parameter asks for, if it is one of these. */
    static Optional<Argument> of(Annotated parameter) {
        return parameter.getAnnotations().stream()
                .filter(Argument::isQualifier)
                .findFirst()
                .map(qualifier -> new Argument(qualifier, boxed(parameter.getBaseType())));
    }

    static boolean isQualifier(Annotation annotation) {
        return annotation instanceof DestinationVariable
                || annotation instanceof Header
                || annotation instanceof Sender;
    }

    private static Type boxed(Type type) {
        return type instanceof Class<?> plain && plain.isPrimitive()
                ? MethodType.methodType(plain).wrap().returnType()
                : type;
    }

    /** The same parameter, asking for the variable of this name. */
    Argument named(String name) {
        return new Argument(DestinationVariable.Literal.of(name), type);
    }

    /** Whether it asks for a variable, and leaves its name to that of the parameter. */
    boolean isUnnamed() {
        return qualifier instanceof DestinationVariable variable
                && variable.value().isEmpty();
    }

    boolean isOptional() {
        return type instanceof ParameterizedType generic && generic.getRawType() == Optional.class;
    }

    /** The class that a value is made of: of an optional parameter, that of what may be there. */
    private Optional<Class<?>> form() {
        Type inner =
                type instanceof ParameterizedType generic && isOptional() ? generic.getActualTypeArguments()[0] : type;
        return inner instanceof Class<?> plain ? Optional.of(plain) : Optional.empty();
    }

    Class<?> formClass() {
        return form().orElseThrow();
    }

    /** How the sender knows it. */
    String name() {
        if (qualifier instanceof DestinationVariable variable) {
            return "{" + variable.value() + "}";
        }
        return qualifier instanceof Header header ? header.value() : "sender";
    }

    /** Why an observer of this kind and pattern cannot have such a parameter; empty if it can. */
    Optional<String> faultFor(ObservedPattern observed) {
        if (qualifier instanceof DestinationVariable variable) {
            return faultOfVariable(variable.value(), observed);
        }
        if (qualifier instanceof Header && observed.kind() == Unsubscribed.class) {
            return Optional.of("the end of a subscription has no header " + name() + ".");
        }
        return qualifier instanceof Header header ? faultOfHeader(header) : faultOfSender();
    }

    private Optional<String> faultOfVariable(String name, ObservedPattern observed) {
        if (name.isEmpty()) {
            return Optional.of("@DestinationVariable needs a name, since the class was compiled without -parameters.");
        }
        if (!observed.pattern().contains("{" + name + "}")) {
            return Optional.of("the pattern " + observed.pattern() + " has no variable {" + name + "}.");
        }
        return isOptional() && observed.kind() == Destination.class
                ? Optional.of("the variable {" + name + "} always has a value; it needs no Optional.")
                : faultOfForm();
    }

    private Optional<String> faultOfHeader(Header header) {
        if (header.value().isEmpty()) {
            return Optional.of("@Header needs the name of a header.");
        }
        var fault = faultOfForm();
        if (fault.isPresent() || header.defaultValue().equals(Header.NONE)) {
            return fault;
        }
        return isOptional()
                ? Optional.of("the header " + header.value() + " has a default value; it needs no Optional.")
                : TextForm.faultOf(header.defaultValue(), formClass())
                        .map(must -> "the default value of the header " + header.value() + ": " + must + ".");
    }

    private Optional<String> faultOfSender() {
        return form().filter(type -> type == Principal.class).isPresent()
                ? Optional.empty()
                : Optional.of("the sender is a Principal or an Optional<Principal>, not a " + type.getTypeName() + ".");
    }

    private Optional<String> faultOfForm() {
        return form().filter(TextForm::isOne).isPresent()
                ? Optional.empty()
                : Optional.of(name() + " is text, which cannot be made a " + type.getTypeName() + ".");
    }
}
